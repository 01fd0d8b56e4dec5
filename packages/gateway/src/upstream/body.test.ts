import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { describe, it } from "node:test";
import { BodyRoom, readBody } from "./body.ts";
import { served } from "./testing/a-gateway.ts";
import { RawSocket, rawExchange } from "./testing/raw.ts";

const head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n";

/** Reads each body, answers by its text or the refusal, and waits with the answer until told. */
function reading(
  room: BodyRoom,
  { most = 10, within = 10_000, held = Promise.resolve() } = {},
): RequestListener {
  return async (incoming, outgoing) => {
    try {
      const body = await readBody({ incoming, outgoing, most, room, caller: "ann", within });
      await held;
      outgoing.end(`read ${body?.toString()}`);
    } catch (thrown) {
      outgoing.end((thrown as { refusal: string }).refusal);
    }
  };
}

const turn = () => new Promise((go) => setTimeout(go, 20));

describe("bodies that a rule must read", () => {
  for (const { given, most, room = 0, text, answer } of [
    { given: "of the largest size", most: 10, text: "0123456789", answer: "read 0123456789" },
    { given: "beyond it", most: 9, text: "0123456789", answer: "request.too-large" },
    { given: "for which no room is left", most: 10, room: 311, text: "0123456789", answer: "upstream.busy" },
    {
      given: "for which room is just left",
      most: 10,
      room: 310,
      text: "0123456789",
      answer: "read 0123456789",
    },
    { given: "that do not come in time", most: 10, text: "0123", answer: "upstream.client-slow" },
  ]) {
    it(`${given}: ${answer}`, async (t) => {
      const held = new BodyRoom();
      for (let at = 0; at < room; at++) held.take(String(at), 1, most);
      const { port } = await served(reading(held, { most, within: 100 }), t);
      assert.match((await rawExchange(port, head + text)).body, new RegExp(answer));
    });
  }

  it("count as held until the answer is over, and not when the client left", async (t) => {
    const room = new BodyRoom();
    let go: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { port } = await served(reading(room, { held }), t);
    const whole = rawExchange(port, `${head}0123456789`);
    const leaver = new RawSocket(port);
    leaver.say(`${head}01234`);
    while (room.held < 15) await turn();
    leaver.socket.destroy();
    while (room.held > 10) await turn();
    assert.equal(room.held, 10);
    go();
    assert.match((await whole).body, /read/);
    while (room.held > 0) await turn();
    assert.equal(room.held, 0);
  });

  it("of a sender who left before are not waited for", async (t) => {
    let late: Promise<Buffer | undefined> | undefined;
    const room = new BodyRoom();
    let hasArrived = false;
    const { port } = await served((incoming, outgoing) => {
      hasArrived = true;
      outgoing.once("close", async () => {
        await turn();
        late = readBody({ incoming, outgoing, most: 10, room, caller: "ann" });
      });
    }, t);
    const client = new RawSocket(port);
    client.say(`${head}0123`);
    while (!hasArrived) await turn();
    client.socket.destroy();
    while (late === undefined) await turn();
    assert.equal(await Promise.race([late, turn().then(() => "still waiting")]), undefined);
    assert.equal(room.held, 0);
  });

  it("of one caller leave room for those of others", () => {
    const room = new BodyRoom();
    for (let body = 0; body < 8; body++) room.take("ann", 10, 10);
    assert.throws(() => room.take("ann", 1, 10), { refusal: "upstream.busy" });
    room.take("bob", 10, 10);
    room.give("ann", 10);
    room.take("ann", 10, 10);
    assert.equal(room.held, 90);
  });
});
