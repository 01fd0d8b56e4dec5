import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Room } from "../room.ts";
import { RecentEvents } from "./recent-events.ts";

const message = (text: string) => ({
  jsonrpc: "2.0" as const,
  method: "notifications/message",
  params: { text },
});
const size = JSON.stringify(message("")).length;

/** What a client hears that comes back with this event as its last. */
async function after(events: RecentEvents, id: string): Promise<unknown[]> {
  const heard: unknown[] = [];
  await events.replayEventsAfter(id, {
    send: async (_, sent) => void heard.push((sent as unknown as { params: { text: string } }).params.text),
  });
  return heard;
}

describe("the recent events of a session", () => {
  it("are heard again from where a stream broke, those of that stream alone", async () => {
    const events = new RecentEvents(new Room(1_000_000), "ann");
    const first = await events.storeEvent("a", message("1"));
    await events.storeEvent("b", message("2"));
    await events.storeEvent("a", message("3"));
    assert.deepEqual(await after(events, first), ["3"]);
  });

  it("are the newest: those before go where there is no room, and nobody goes on from one that went", async () => {
    const room = new Room(4 * (2 * size + 10));
    const [events, others] = [new RecentEvents(room, "ann"), new RecentEvents(room, "bob")];
    const ids: string[] = [];
    for (const text of ["1", "2", "3"]) ids.push(await events.storeEvent("a", message(text)));
    assert.equal(await events.getStreamIdForEventId(ids[0] ?? ""), undefined);
    await assert.rejects(after(events, ids[0] ?? ""), /no longer kept/);
    assert.deepEqual(await after(events, ids[1] ?? ""), ["3"]);
    const theirs = await others.storeEvent("a", message("1"));
    assert.equal(await others.getStreamIdForEventId(theirs), "a", "another person has room");
    events.end();
    assert.equal(room.held, size + 1);
    await events.storeEvent("a", message("4"));
    assert.equal(room.held, size + 1, "nothing is kept for a session that is over");
  });

  it("have a bound for each session, in characters and in number", async () => {
    const room = new Room(100 * 1024 * 1024);
    const events = new RecentEvents(room, "ann");
    const large = await events.storeEvent("a", message("x".repeat(1024 * 1024)));
    assert.equal(await events.getStreamIdForEventId(large), undefined);
    for (let at = 0; at < 3; at++) await events.storeEvent("a", message("x".repeat(500_000)));
    assert.equal(room.held, 2 * (size + 500_000));
    for (let at = 0; at < 1_001; at++) await events.storeEvent("a", message(""));
    assert.ok(room.held <= 1_000 * size);
  });
});
