import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";
import { openEverythingServer } from "./everything-server/open.ts";
import { watched } from "./everything-server/resources.ts";

const revisions = {
  "2025-11-25": { mode: "legacy" },
  "2026-07-28": { mode: { pin: "2026-07-28" } },
} as const;

describe("the streams of MCP behind the guard", () => {
  let demo: ADemonstration;
  let everything: Awaited<ReturnType<typeof openEverythingServer>>;
  before(async () => {
    demo = await aDemonstration();
    everything = await openEverythingServer(demo);
  });
  after(async () => {
    await everything.close();
    await demo.close();
  });

  for (const [revision, versionNegotiation] of Object.entries(revisions)) {
    async function connected(scope = everything.scope): Promise<Client> {
      const authorization = `Bearer ${await demo.token(scope, everything.url)}`;
      const client = new Client({ name: "streams", version: "1" }, { versionNegotiation });
      const requestInit = { headers: { authorization } };
      await client.connect(new StreamableHTTPClientTransport(new URL(everything.url), { requestInit }));
      return client;
    }

    it(`passes on what a call of MCP ${revision} says while it runs, and that it is cancelled`, async () => {
      const client = await connected();
      const cancel = new AbortController();
      const heard: number[] = [];
      const call = client.callTool(
        { name: "test_waiting", arguments: { name: revision } },
        { signal: cancel.signal, onprogress: ({ progress }) => heard.push(progress) },
      );
      const ended = assert.rejects(call);
      await until(() => heard.length > 0);
      assert.equal(everything.waits.get(revision), "waiting");
      cancel.abort();
      await ended;
      await until(() => everything.waits.get(revision) === "cancelled");
      await client.close();
    });

    it(`tells a client of MCP ${revision} that a resource changed which it watches`, async () => {
      const client = await connected();
      const changed: string[] = [];
      client.setNotificationHandler("notifications/resources/updated", ({ params }) => {
        changed.push(params.uri);
      });
      const change = () => client.callTool({ name: "change_watched_resource", arguments: {} });
      await change();
      if (revision === "2025-11-25") await client.subscribeResource({ uri: watched });
      else await client.listen({ resourceSubscriptions: [watched] });
      await change();
      await until(() => changed.length > 0);
      assert.deepEqual(changed, [watched], "the change before was nobody's");
      await client.close();
    });

    it(`serves a client of MCP ${revision} on after a call that its token does not cover`, async () => {
      const client = await connected("everything");
      const asked = client.callTool({ name: "test_sampling", arguments: { prompt: "Hello?" } });
      await assert.rejects(asked, /403|scope/i);
      const { content } = await client.callTool({ name: "greet", arguments: { name: "Ada" } });
      assert.deepEqual(content, [{ type: "text", text: "Hello, Ada!" }]);
      await client.close();
    });
  }

  it("[MCP-RS-13] shows whose token comes with a session, so that nobody else's is served in it", async () => {
    const ask = async (who: string, more: Record<string, string>, message: Record<string, unknown>) => {
      const headers = {
        authorization: `Bearer ${await demo.token("everything", everything.url, who)}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...more,
      };
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      return await fetch(everything.url, { method: "POST", headers, body });
    };
    const clientInfo = { name: "streams", version: "1" };
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    const begun = await ask("Ada", {}, { id: 1, method: "initialize", params });
    const session = { "mcp-session-id": begun.headers.get("mcp-session-id") ?? "" };
    assert.notEqual(session["mcp-session-id"], "");
    await begun.body?.cancel();

    const list = { id: 2, method: "tools/list" };
    const statuses = [];
    for (const who of ["Bob", "Ada"]) {
      const response = await ask(who, session, list);
      statuses.push(response.status);
      await response.body?.cancel();
    }
    assert.deepEqual(statuses, [404, 200]);
  });
});

/** Waits for what happens on the other side of a connection. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (isSo()) return;
    await sleep(10);
  }
  assert.fail("it did not happen within five seconds");
}
