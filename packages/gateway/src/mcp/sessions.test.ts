import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Conversation } from "../stdio/conversation.ts";
import type { ServerProcess } from "../stdio/server-process.ts";
import { Sessions } from "./sessions.ts";

/** A process that answered `initialize`, as far as a session asks it. */
function aProcess(): ServerProcess {
  const conversation = new Conversation({
    isForAll: true,
    most: 10,
    mostOfOne: 10,
    patience: 1_000,
    send: () => true,
    onNotification: () => {},
  });
  return { conversation, hello: Promise.resolve({}) } as unknown as ServerProcess;
}

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

async function opened(sessions: Sessions, server: ServerProcess, caller: string, person: string) {
  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  const request = new Request("http://127.0.0.1/mcp", { method: "POST", headers });
  const answer = await sessions.open(caller, person, server).handle(request, initialize);
  await answer.body?.cancel();
  // The one that had to go is closed in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  return answer.headers.get("mcp-session-id") ?? "";
}

describe("sessions", () => {
  it("of one caller are 32 at most: the one unused for longest ends", async () => {
    const [sessions, server] = [new Sessions(), aProcess()];
    const ids: string[] = [];
    for (let at = 0; at < 32; at++) ids.push(await opened(sessions, server, "app", "ann"));
    assert.ok(sessions.find(ids[0] ?? "", "app"), "used");
    await opened(sessions, server, "app", "ann");
    assert.equal(sessions.size, 32);
    assert.deepEqual(
      ids.slice(0, 3).map((id) => sessions.find(id, "app") !== undefined),
      [true, false, true],
    );
  });

  it("of one person are 320 at most over all clients, and end nobody else's", async () => {
    const [sessions, server] = [new Sessions(), aProcess()];
    const others = await opened(sessions, server, "other", "bob");
    const first = await opened(sessions, server, "app-0", "ann");
    for (let at = 1; at < 320; at++) await opened(sessions, server, `app-${at}`, "ann");
    assert.ok(sessions.size === 321);
    await opened(sessions, server, "one-more", "ann");
    assert.equal(sessions.size, 321);
    assert.equal(sessions.find(first, "app-0"), undefined);
    assert.ok(sessions.find(others, "other"));
  });
});
