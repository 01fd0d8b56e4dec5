import assert from "node:assert/strict";
import { type ClientRequest, request as httpRequest } from "node:http";
import { after, before, describe, it } from "node:test";
import { aGateway, messagesOf, post, resultOf, until } from "./testing/a-gateway.ts";

describe("a protected stdio server under attack", () => {
  let gateway: Awaited<ReturnType<typeof aGateway>>;
  before(async () => {
    process.env.VALETKEY_SECRET_OF_THE_TEST = "not for the server";
    gateway = await aGateway({ timeout: 3, env: { GIVEN: "yes", VALETKEY_GIVEN: "no" }, tellCaller: true });
  });
  after(async () => {
    delete process.env.VALETKEY_SECRET_OF_THE_TEST;
    await gateway.close();
  });

  for (const { given, claims } of [
    { given: "another person", claims: { sub: "account-2" } },
    { given: "another client of the same person", claims: { client_id: "client-2" } },
  ]) {
    it(`[MCP-RS-13] hides a session from ${given}, and leaves it as it is`, async () => {
      const owner = await gateway.session(await gateway.token("mcp:read"));
      const stranger = await gateway.token("mcp:read mcp:destroy", claims);
      const answers = [
        await owner.request("tools/call", { name: "read" }, stranger),
        ...(await Promise.all(
          ["GET", "DELETE"].map((method) =>
            fetch(gateway.resource, {
              method,
              headers: { ...owner.headers, authorization: `Bearer ${stranger}`, accept: "text/event-stream" },
            }),
          ),
        )),
      ];
      assert.deepEqual(
        answers.map(({ status }) => status),
        [404, 404, 404],
      );
      const unknown = await gateway.post(
        stranger,
        { jsonrpc: "2.0", id: 2, method: "tools/call" },
        {
          "mcp-session-id": "x".repeat(43),
        },
      );
      assert.equal(await answers[0]?.text(), await unknown.text(), "an unknown id has the same answer");
      assert.ok((await owner.call("read")).initialize);
    });
  }

  it("gives each caller a process of their own", async () => {
    const [mine, yours] = await Promise.all([
      gateway.session(await gateway.token("mcp:read")),
      gateway.session(await gateway.token("mcp:read", { sub: "account-3" })),
    ]);
    assert.notEqual(await mine.call("pid"), await yours.call("pid"));
  });

  it("[MCP-RS-06] gives the server neither the token nor a variable of ours, and what was given by name", async () => {
    const token = await gateway.token("mcp:read");
    const session = await gateway.session(token);
    const env = await session.call("env");
    assert.deepEqual(
      Object.keys(env)
        .filter((name) => name.startsWith("VALETKEY_"))
        .toSorted(),
      ["VALETKEY_CALLER_CLIENT_ID", "VALETKEY_CALLER_ISSUER", "VALETKEY_CALLER_SUBJECT"],
    );
    assert.equal(env.VALETKEY_CALLER_SUBJECT, "account-1");
    assert.equal(env.GIVEN, "yes");
    assert.ok(!JSON.stringify([env, await session.call("read")]).includes(token));
  });

  it("[MCP-RS-11] looks at no token in the URL", async () => {
    const url = `${gateway.resource}?access_token=${await gateway.token("mcp:read")}`;
    assert.equal((await post(url, undefined, { jsonrpc: "2.0", id: 1, method: "tools/list" })).status, 401);
  });

  it("asks for the scopes of every call in a batch", async () => {
    const session = await gateway.session(await gateway.token("mcp:read"));
    const call = (id: number, name: string) => ({
      jsonrpc: "2.0",
      id,
      method: "tools/call",
      params: { name },
    });
    const bearer = await gateway.token("mcp:read");
    const mixed = await gateway.post(bearer, [call(5, "read"), call(6, "add")], session.headers);
    assert.equal(mixed.status, 403);
    const both = await gateway.post(bearer, [call(7, "read"), call(8, "pid")], session.headers);
    assert.equal((await messagesOf(both)).length, 2);
  });

  for (const { given, message, scope } of [
    { given: "a tool that it does not list", message: call("unlisted"), scope: "mcp:tool:unlisted" },
    { given: "the tool __proto__", message: call("__proto__"), scope: "mcp:tool:__proto__" },
    { given: "the tool constructor", message: call("constructor"), scope: "mcp:tool:constructor" },
    { given: "the tool toString", message: call("toString"), scope: "mcp:tool:toString" },
    { given: "a name that is a list", message: call(["read"]), scope: "mcp:destroy" },
    { given: "no name", message: call(undefined), scope: "mcp:destroy" },
    {
      given: "a call without an id",
      message: { method: "tools/call", params: { name: "add" } },
      scope: "mcp:write",
    },
    { given: "a method that nobody knows", message: { id: 9, method: "x/y" }, scope: "mcp:destroy" },
    {
      given: "a request that is named like a notification",
      message: { id: 9, method: "notifications/x" },
      scope: "mcp:destroy",
    },
    { given: "a batch within a batch", message: [[call("crash")]], scope: "mcp:destroy" },
  ]) {
    it(`needs more than the right to read for ${given}, and says what`, async () => {
      const token = await gateway.token("mcp:read");
      const session = await gateway.session(token);
      const body = Array.isArray(message) ? message : { jsonrpc: "2.0", ...message };
      const answer = await gateway.post(token, body, session.headers);
      assert.equal(answer.status, 403);
      const challenge = String(answer.headers.get("www-authenticate"));
      assert.ok(challenge.includes(` scope="mcp:read ${scope}"`), challenge);
    });
  }

  it("runs no tool, listed or not, for the broad right alone", async () => {
    const token = await gateway.token("mcp:read mcp:write mcp:destroy");
    const session = await gateway.session(token);
    for (const name of ["crash", "unlisted"]) {
      assert.equal((await session.request("tools/call", { name })).status, 403);
    }
    const answer = await gateway.post(token, { jsonrpc: "2.0", id: 9, method: "x/y" }, session.headers);
    assert.match((await messagesOf(answer))[0].error.message, /no x\/y/);
  });

  for (const { given, headers } of [
    { given: "another tool", headers: { "mcp-method": "tools/call", "mcp-name": "read" } },
    { given: "another method", headers: { "mcp-method": "tools/list" } },
  ]) {
    it(`[MCP-RS-14] refuses headers that name ${given} than the body`, async () => {
      const token = await gateway.token("mcp:read mcp:destroy");
      const session = await gateway.session(token);
      const call = { jsonrpc: "2.0", id: 3, method: "tools/call", params: { name: "add" } };
      assert.equal((await gateway.post(token, call, { ...session.headers, ...headers })).status, 400);
    });
  }

  it("tells the operator of a refusal in one line, whatever the caller named", async () => {
    const token = await gateway.token("mcp:read", { sub: "forger" });
    const session = await gateway.session(token);
    await session.request("tools/call", { name: "x\nrefused: token.expired: \u001b[2Jforged" });
    const told = gateway.log.filter((line) => line.includes("forged"));
    assert.deepEqual(told, [
      "refused: token.scope: client-1 lacks mcp:tool:x%0Arefused%3A%20token.expired%3A%20%1B%5B2Jforged for x?refused: token.expired: ?[2Jforged",
    ]);
  });

  it("reads no body beyond four megabytes", async () => {
    const token = await gateway.token("mcp:read");
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "ping",
      params: { pad: "x".repeat(5_000_000) },
    });
    assert.equal((await gateway.post(token, body)).status, 413);
  });

  it("keeps room for the bodies of others, however many of one person stop short", async () => {
    const token = await gateway.token("mcp:read", { sub: "hoarder" });
    const stuck = Array.from({ length: 8 }, () => bodyThatStopsShort(gateway.resource, token));
    try {
      const answer = () => gateway.post(token, initialize);
      await until(async () => {
        const { status, headers } = await answer();
        return status === 503 && headers.get("retry-after") === "1";
      });
      const session = await gateway.session(await gateway.token("mcp:read", { sub: "guest" }));
      assert.ok((await session.call("read", { arguments: { pad: "x".repeat(1_000_000) } })).arguments.pad);
      for (const { end } of stuck) end();
      await until(async () => (await answer()).status === 200);
    } finally {
      for (const { end } of stuck) end();
    }
  });

  it("brings an answer whole that is larger than what may stay unread", async () => {
    const session = await gateway.session(await gateway.token("mcp:read", { sub: "reader" }));
    assert.equal((await session.call("large")).length, 12 * 1024 * 1024);
  });

  it("answers for a server that never does, and tells it to stop", async () => {
    const session = await gateway.session(await gateway.token("mcp:read", { sub: "patient" }));
    assert.match((await session.call("hang")).message, /did not answer in time/);
    assert.equal((await session.call("cancelled")).length, 1);
  });

  it("answers the calls under way when the server crashes, ends the session, and starts it anew", async () => {
    const token = await gateway.token("mcp:read mcp:tool:crash", { sub: "crasher" });
    const session = await gateway.session(token);
    const hanging = session.call("hang");
    const crashed = await session.call("crash");
    assert.match(crashed.message, /process has ended/);
    assert.match((await hanging).message, /process has ended/);
    assert.equal((await session.request("tools/list")).status, 404);
    assert.ok((await (await gateway.session(token)).call("read")).initialize);
    assert.ok(gateway.log.some((line) => /^server \d+: stderr: about to crash$/.test(line)));
    assert.ok(gateway.log.some((line) => line.endsWith("stderr: ?[31mred")));
    assert.ok(gateway.log.some((line) => /^server \d+: it ended with status 3$/.test(line)));
  });

  it("lets a server that crashes again and again wait", async () => {
    const token = await gateway.token("mcp:read mcp:tool:crash", { sub: "crash-loop" });
    for (let at = 0; at < 2; at++) await (await gateway.session(token)).call("crash");
    const answer = await gateway.post(token, initialize);
    assert.equal(answer.status, 503);
    assert.match(String(answer.headers.get("retry-after")), /^[12]$/);
  });

  it("ends a server that writes a line without end", async () => {
    const session = await gateway.session(
      await gateway.token("mcp:read mcp:tool:long-line", { sub: "long-line" }),
    );
    assert.match((await session.call("long-line")).message, /process has ended/);
    await until(() => gateway.log.some((line) => /wrote a line of more than 16777216 octets/.test(line)));
  });

  it("lives through a server that writes what is no message", async () => {
    const session = await gateway.session(await gateway.token("mcp:read mcp:tool:noise", { sub: "noisy" }));
    assert.equal(await session.call("noise"), "noisy");
    const told = gateway.log.filter((line) => line.includes("no JSON-RPC message")).length;
    assert.equal(told, 20);
  });

  it("cuts off a client that does not read what a flooding server sends", { timeout: 60_000 }, async () => {
    const session = await gateway.session(await gateway.token("mcp:read mcp:tool:flood", { sub: "flooded" }));
    const stream = await session.get();
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < 3; at++) assert.equal(await session.call("flood"), "flooded");
    await assert.rejects(async () => {
      for await (const _ of stream.body ?? []);
    });
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown < 64 * 1024 * 1024, `${grown} octets`);
    assert.ok((await session.call("read")).initialize, "the session itself goes on");
  });

  it("learns a tool that the server adds later", async () => {
    const token = await gateway.token("mcp:read mcp:tool:more-tools", { sub: "later" });
    const session = await gateway.session(token);
    const reader = await gateway.token("mcp:read", { sub: "later" });
    const call = { jsonrpc: "2.0", id: 77, method: "tools/call", params: { name: "late" } };
    assert.equal((await gateway.post(reader, call, session.headers)).status, 403);
    await session.call("more-tools");
    assert.ok(resultOf(await messagesOf(await gateway.post(reader, call, session.headers))).initialize);
  });
});

/** All of a body but its last octets, which never come; begun anew when it is refused. */
function bodyThatStopsShort(url: string, bearer: string): { readonly end: () => void } {
  const octets = 4 * 1024 * 1024;
  const headers = {
    authorization: `Bearer ${bearer}`,
    "content-type": "application/json",
    "content-length": String(octets),
  };
  let sending: ClientRequest;
  const begin = () => {
    sending = httpRequest(url, { method: "POST", headers, agent: false });
    sending.on("error", () => {});
    sending.once("response", () => {
      sending.destroy();
      begin();
    });
    sending.write(Buffer.alloc(octets - 10, " "));
  };
  begin();
  return { end: () => void sending.removeAllListeners("response").destroy() };
}

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

function call(name: unknown) {
  return { id: 9, method: "tools/call", params: { name } };
}
