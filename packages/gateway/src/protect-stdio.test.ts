import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { aGateway, heard, messagesOf, resultOf, until } from "./testing/a-gateway.ts";

describe("a protected stdio server", () => {
  let gateway: Awaited<ReturnType<typeof aGateway>>;
  before(async () => {
    gateway = await aGateway();
  });
  after(() => gateway.close());

  it("answers a caller without a token with the challenge that leads to the login", async () => {
    const answer = await gateway.post(undefined, { jsonrpc: "2.0", id: 1, method: "tools/list" });
    assert.equal(answer.status, 401);
    const url = new URL(gateway.resource);
    const metadata = `${url.origin}/.well-known/oauth-protected-resource/mcp`;
    assert.equal(
      answer.headers.get("www-authenticate"),
      `Bearer scope="mcp:read", resource_metadata="${metadata}"`,
    );
    const document = (await (await fetch(metadata)).json()) as Record<string, unknown>;
    const { dpop_signing_alg_values_supported: algorithms, ...others } = document;
    assert.ok(Array.isArray(algorithms) && algorithms.includes("ES256"));
    assert.deepEqual(others, {
      resource: gateway.resource,
      authorization_servers: [gateway.issuer.issuer],
      bearer_methods_supported: ["header"],
      scopes_supported: ["mcp:read", "mcp:write"],
    });
  });

  it("opens a session, calls a tool and closes it", async () => {
    const session = await gateway.session(await gateway.token("mcp:read"));
    assert.equal(session.hello[0].result.serverInfo.name, "stdio-server");
    const { initialize } = await session.call("read");
    assert.equal(initialize.clientInfo.name, "test");
    assert.equal((await session.delete()).status, 200);
    assert.equal((await session.request("tools/list")).status, 404);
  });

  it("asks for the scope that a tool needs, and lets it pass with it", async () => {
    const reader = await gateway.session(await gateway.token("mcp:read"));
    const refused = await reader.request("tools/call", { name: "add" });
    assert.equal(refused.status, 403);
    assert.match(
      String(refused.headers.get("www-authenticate")),
      /error="insufficient_scope".* scope="mcp:read mcp:write"/,
    );
    const both = await gateway.token("mcp:write");
    const writer = await gateway.session(both);
    assert.deepEqual((await writer.call("add", { arguments: { a: 1 } })).arguments, { a: 1 });
  });

  it("asks for a scope of its own for each tool that may destroy something, whatever else a caller has", async () => {
    assert.ok(gateway.scopes.some(({ name, risk }) => name === "mcp:tool:noise" && risk === "high"));
    const some = await gateway.session(await gateway.token("mcp:read mcp:write mcp:destroy mcp:tool:crash"));
    const refused = await some.request("tools/call", { name: "noise" });
    assert.equal(refused.status, 403);
    assert.match(String(refused.headers.get("www-authenticate")), / scope="mcp:read mcp:tool:noise"/);
    const own = await gateway.session(await gateway.token("mcp:read mcp:tool:noise"));
    assert.equal(await own.call("noise"), "noisy");
  });

  it("asks for one scope for all tools that may destroy something, where it is told to", async (t) => {
    const shared = await aGateway({ classScopes: true });
    t.after(() => shared.close());
    assert.deepEqual(
      shared.scopes.map(({ name }) => name),
      ["mcp:read", "mcp:write", "mcp:destroy"],
    );
    const reader = await shared.session(await shared.token("mcp:read"));
    const refused = await reader.request("tools/call", { name: "noise" });
    assert.match(String(refused.headers.get("www-authenticate")), / scope="mcp:read mcp:destroy"/);
    const all = await shared.session(await shared.token("mcp:destroy"));
    assert.equal(await all.call("noise"), "noisy");
  });

  it("tells its operator once of the scopes that the server's tools come to need", async (t) => {
    const told: string[] = [];
    const changing = await aGateway({
      onNewScopes: (news) => told.push(...news.map(({ name, risk }) => `${name}: ${risk}`)),
    });
    t.after(() => changing.close());
    const session = await changing.session(await changing.token("mcp:read mcp:tool:more-danger"));
    await (await session.request("tools/list")).text();
    await session.call("read");
    assert.deepEqual(told, []);
    await session.call("more-danger");
    await (await session.request("tools/list")).text();
    await until(() => told.length > 0);
    const refused = await session.request("tools/call", { name: "burn" });
    assert.equal(refused.status, 403);
    assert.match(String(refused.headers.get("www-authenticate")), / scope="mcp:read mcp:tool:burn"/);
    assert.deepEqual(told, ["mcp:tool:burn: high"]);
  });

  it("ends a standing stream with the token that opened it", { timeout: 30_000 }, async () => {
    const exp = Math.floor(Date.now() / 1000) + 1;
    const session = await gateway.session(await gateway.token("mcp:read", { exp }));
    const stream = await session.get();
    assert.equal(stream.status, 200);
    assert.equal(await stream.text(), "");
    assert.ok(Date.now() >= exp * 1_000 - 20);
  });

  it("[MCP-RS-13] goes on where a stream broke, for the caller whose session it is and for nobody else", async () => {
    const session = await gateway.session(await gateway.token("mcp:read"), { elicitation: {} });
    const broken = await session.request("tools/call", { name: "ask" });
    const reader = broken.body?.getReader();
    const [, before = ""] =
      /^id: (.+)\ndata: .*elicitation/m.exec(await heard(reader, /elicitation.*\n\n/)) ?? [];
    await reader?.cancel();
    const token = await gateway.token("mcp:read");
    const reply = { jsonrpc: "2.0", id: 1, result: { action: "accept", content: { name: "Ada" } } };
    assert.equal((await gateway.post(token, reply, session.headers)).status, 202);
    const resume = (bearer: string, event: string) =>
      fetch(gateway.resource, {
        headers: {
          ...session.headers,
          accept: "text/event-stream",
          authorization: `Bearer ${bearer}`,
          "last-event-id": event,
        },
      });
    assert.equal((await resume(await gateway.token("mcp:read", { sub: "other" }), before)).status, 404);
    assert.equal((await resume(token, "4711")).status, 400);
    await until(async () => {
      const resumed = await resume(token, before);
      return resumed.status === 200 && /Ada/.test(await resumed.text());
    });
  });

  it("speaks revision 2026-07-28 for a server that does not", async () => {
    const token = await gateway.token("mcp:read");
    const _meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
      "io.modelcontextprotocol/clientCapabilities": {},
    };
    const headers = (method: string, name?: string) => ({
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": method,
      ...(name !== undefined && { "mcp-name": name }),
    });
    const discover = { jsonrpc: "2.0", id: 1, method: "server/discover", params: { _meta } };
    const [found] = await messagesOf(await gateway.post(token, discover, headers("server/discover")));
    assert.deepEqual(found.result.supportedVersions, ["2026-07-28"]);
    const call = {
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "read", arguments: { b: 2 }, _meta },
    };
    const called = resultOf(await messagesOf(await gateway.post(token, call, headers("tools/call", "read"))));
    assert.deepEqual(called.arguments, { b: 2 });
    const other = await gateway.post(token, call, headers("tools/call", "list"));
    assert.equal(other.status, 400);
    const add = { ...call, params: { ...call.params, name: "add" } };
    assert.equal((await gateway.post(token, add, headers("tools/call", "add"))).status, 403);
  });
});
