import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aGateway, heard, messagesOf, until } from "./testing/a-gateway.ts";

describe("processes of a protected server", () => {
  it("are no more than were allowed: the next caller is told to come back", async () => {
    const gateway = await aGateway({ most: 1 });
    try {
      await gateway.session(await gateway.token("mcp:read"));
      const second = await gateway.post(await gateway.token("mcp:read", { sub: "second" }), initialize);
      assert.equal(second.status, 503);
      assert.equal(second.headers.get("retry-after"), "30");
      const [{ error }] = await messagesOf(second);
      assert.equal(error.message, "Too many callers are being served.");
    } finally {
      await gateway.close();
    }
  });

  it("leave room for others, however many clients one person has", async () => {
    const gateway = await aGateway();
    try {
      const asked = Array.from({ length: 11 }, async (_, at) => {
        const token = await gateway.token("mcp:read", { client_id: `client-${at}` });
        const answer = await gateway.post(token, initialize);
        await answer.text();
        return answer.status;
      });
      assert.deepEqual((await Promise.all(asked)).toSorted(), [...Array(10).fill(200), 503]);
      assert.equal(
        (await gateway.post(await gateway.token("mcp:read", { sub: "other" }), initialize)).status,
        200,
      );
    } finally {
      await gateway.close();
    }
  });

  it("end when they idle, but not while a request waits", async () => {
    const gateway = await aGateway({ idle: 2 });
    try {
      const busy = await gateway.session(await gateway.token("mcp:read", { sub: "busy" }));
      const busyIsAlive = alive(Number(await busy.call("pid")));
      // Last used before the other, so that nothing but the request that waits keeps it.
      const hanging = await busy.request("tools/call", { name: "hang" });
      const idle = await gateway.session(await gateway.token("mcp:read", { sub: "idle" }));
      const isAlive = alive(Number(await idle.call("pid")));
      await until(() => !isAlive());
      assert.equal((await idle.request("tools/list")).status, 404);
      assert.ok(busyIsAlive());
      assert.equal((await busy.request("tools/list")).status, 200);
      await hanging.body?.cancel();
    } finally {
      await gateway.close();
    }
  });

  it("answer what is under way before they end with the gateway", async () => {
    const gateway = await aGateway();
    const session = await gateway.session(await gateway.token("mcp:read"), { elicitation: {} });
    const slow = session.call("slow");
    await until(async () => (await session.call("called")) > 0);
    await gateway.close();
    assert.equal(await slow, "slowly");
  });

  it("are replaced when they refuse to begin", async () => {
    const gateway = await aGateway();
    try {
      const token = await gateway.token("mcp:read");
      const refused = { ...initialize, params: { ...initialize.params, protocolVersion: "refuse-me" } };
      assert.equal((await gateway.post(token, refused)).status, 502);
      assert.equal((await gateway.post(token, initialize)).status, 200);
    } finally {
      await gateway.close();
    }
  });

  it("end with the gateway", async () => {
    const gateway = await aGateway();
    const session = await gateway.session(await gateway.token("mcp:read"));
    const isAlive = alive(Number(await session.call("pid")));
    assert.ok(isAlive());
    await gateway.close();
    assert.ok(!isAlive());
  });

  it("are one for all where that was chosen, without what one caller must not learn of another", async () => {
    const gateway = await aGateway({ process: "shared" });
    try {
      const [mine, yours] = await Promise.all([
        gateway.session(await gateway.token("mcp:read"), { elicitation: {} }),
        gateway.session(
          await gateway.token("mcp:read mcp:tool:flood mcp:tool:more-tools", { sub: "second" }),
          { elicitation: {} },
        ),
      ]);
      assert.equal(await mine.call("pid"), await yours.call("pid"));
      const { logging, resources, tasks } = mine.hello[0].result.capabilities;
      assert.deepEqual([logging, resources, tasks], [undefined, {}, undefined]);
      const { initialize } = await mine.call("read");
      assert.deepEqual(initialize.capabilities, {}, "it knows nothing of what one client can do");
      const stream = await mine.get();
      assert.equal((await yours.call("ask")).error.code, -32601, "nobody is asked");
      await yours.call("flood");
      await yours.call("more-tools");
      const reader = stream.body?.getReader();
      assert.doesNotMatch(await heard(reader, /list_changed/), /yyy/);
      await reader?.cancel();
      assert.equal((await mine.request("tasks/list")).status, 200);
      const [{ error }] = await messagesOf(await mine.request("tasks/list"));
      assert.equal(error.code, -32601);
    } finally {
      await gateway.close();
    }
  });

  it("for all keep places for others, however many sessions, clients and requests one person has", async () => {
    const gateway = await aGateway({ process: "shared", timeout: 60 });
    const leaving = new AbortController();
    try {
      const hang = { name: "hang" };
      const sessions = await Promise.all(
        ["client-1", "client-2"].map(async (client_id) =>
          gateway.session(await gateway.token("mcp:read", { client_id })),
        ),
      );
      const token = await gateway.token("mcp:read", { client_id: "client-3" });
      for (let at = 0; at < 35; at++) {
        for (const session of sessions) void session.request("tools/call", hang).catch(() => {});
      }
      const single = () => stateless(gateway.resource, token, hang, leaving.signal);
      for (let at = 0; at < 30; at++) void single().catch(() => {});
      const other = await gateway.session(await gateway.token("mcp:read", { sub: "bob" }));
      await until(async () => Number(await other.call("hanging")) === 100);
      const refused = await sessions[0]?.call("read");
      assert.equal(refused.message, "Too many of your requests wait for the server.");
      assert.match(await (await single()).text(), /Too many of your requests wait for the server\./);
      assert.ok((await other.call("read")).initialize, "another is served");
    } finally {
      leaving.abort();
      await gateway.close();
    }
  });

  it("are put questions to their own client only, in the call that they belong to", async () => {
    const gateway = await aGateway();
    try {
      const token = await gateway.token("mcp:read");
      const asked = await gateway.session(token, { elicitation: {} });
      const other = await gateway.session(token);
      const answered = await asked.request("tools/call", { name: "ask" });
      const reader = answered.body?.getReader();
      const asking = await heard(reader, /^data: .*elicitation.*\n\n/m);
      const question = JSON.parse(/^data: (.+)$/m.exec(asking)?.[1] ?? "");
      assert.equal(question.method, "elicitation/create");
      const reply = (name: string) => ({
        jsonrpc: "2.0",
        id: question.id,
        result: { action: "accept", content: { name } },
      });
      assert.equal((await gateway.post(token, reply("Mallory"), other.headers)).status, 202);
      assert.equal((await gateway.post(token, reply("Alice"), asked.headers)).status, 202);
      assert.doesNotMatch(await heard(reader, /Alice/), /Mallory/);
    } finally {
      await gateway.close();
    }
  });

  it("tell progress under the token that the client chose", async () => {
    const gateway = await aGateway();
    try {
      const session = await gateway.session(await gateway.token("mcp:read"));
      const params = { name: "progress", _meta: { progressToken: "mine" } };
      const messages = await messagesOf(await session.request("tools/call", params));
      const tokens = messages.slice(0, -1).map((message) => message.params.progressToken);
      assert.deepEqual(tokens, ["mine", "mine", "mine"]);
    } finally {
      await gateway.close();
    }
  });

  it("do not start in silence: the fault is told before anybody calls", async () => {
    for (const { program, args, says } of [
      { program: "no-such-program", args: [], says: /there is no program no-such-program\.$/ },
      { program: process.execPath, args: ["--eval", "process.exit(7)"], says: /it ended with status 7\.$/ },
    ]) {
      await assert.rejects(aGateway({ program, args }), { message: says });
    }
  });
});

/** A call in revision 2026-07-28, whole in itself. */
function stateless(url: string, bearer: string, params: object, signal: AbortSignal): Promise<Response> {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return fetch(url, {
    method: "POST",
    signal,
    headers: {
      authorization: `Bearer ${bearer}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": "hang",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { ...params, _meta } }),
  });
}

/** Whether a process still is there. */
function alive(pid: number): () => boolean {
  return () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
}

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};
