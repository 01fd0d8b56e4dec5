import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { createServer } from "node:net";
import { describe, it } from "node:test";
import { aGateway, openRules, rulesOf, served } from "./testing/a-gateway.ts";
import { rawExchange } from "./testing/raw.ts";

const usual = rulesOf(openRules);
const quick = { ...usual, timeouts: { connect: 0.2, headers: 0.2, idle: 0.2 } };
const nothing: RequestListener = () => {};

const unreachable = {
  error: "temporarily_unavailable",
  error_description: "The server behind this gateway cannot be reached.",
};
const late = {
  error: "temporarily_unavailable",
  error_description: "The server behind this gateway did not answer in time.",
};

describe("an upstream that fails", () => {
  it("is down: 502, and nothing internal in the answer", async (t) => {
    const gone = await served(nothing, { after: () => {} });
    gone.server.close();
    const { resource, token, refusals, usages } = await aGateway(t, nothing, {
      upstream: `${gone.origin}/v1`,
    });
    for (const method of ["GET", "POST"]) {
      const headers = { authorization: `Bearer ${await token()}`, "content-type": "a/b" };
      const answer = await fetch(`${resource}/x`, {
        method,
        headers,
        ...(method === "POST" && { body: "x" }),
      });
      assert.equal(answer.status, 502);
      assert.deepEqual(await answer.json(), unreachable);
    }
    assert.deepEqual(
      refusals.map(({ refusal, fact }) => [refusal, fact?.startsWith("connect ECONNREFUSED")]),
      [
        ["upstream.down", true],
        ["upstream.down", true],
      ],
    );
    assert.deepEqual(
      usages.map(({ status, tokens }) => [status, tokens]),
      [
        [502, 0],
        [502, 0],
      ],
    );
  });

  it("comes back: the next request passes", async (t) => {
    const first = await served((_in, out) => void out.end("one"), { after: () => {} });
    const { resource, token } = await aGateway(t, nothing, { upstream: first.origin });
    const authorization = `Bearer ${await token()}`;
    const call = async () => {
      const answer = await fetch(`${resource}/x`, { headers: { authorization } });
      return answer.status === 200 ? answer.text() : answer.status;
    };
    assert.equal(await call(), "one");
    first.server.closeAllConnections();
    await new Promise((go) => first.server.close(go));
    assert.equal(await call(), 502);
    const { createServer: createHttp } = await import("node:http");
    const second = createHttp((_in, out) => void out.end("two"));
    await new Promise<void>((go) => second.listen(first.port, "127.0.0.1", go));
    t.after(() => {
      second.closeAllConnections();
      second.close();
    });
    assert.equal(await call(), "two");
  });

  for (const { given, says } of [
    { given: "no HTTP", says: "SSH-2.0-x\r\n" },
    { given: "nothing, and closes", says: "" },
    { given: "a head without end", says: `HTTP/1.1 200 OK\r\nX: ${"a".repeat(100_000)}` },
    {
      given: "a length beside chunks",
      says: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    },
    {
      given: "an upgrade that nobody asked for",
      says: "HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
    },
    { given: "a proxy's challenge", says: "HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n" },
  ]) {
    it(`says ${given}: 502`, async (t) => {
      const server = createServer((socket) => {
        socket.on("error", nothing);
        socket.once("data", () => socket.end(says));
      });
      await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
      t.after(() => void server.close());
      const { port } = server.address() as { port: number };
      const { resource, token } = await aGateway(t, nothing, { upstream: `http://127.0.0.1:${port}` });
      const answer = await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token()}` } });
      assert.equal(answer.status, 502);
    });
  }

  it("never answers: 504 after the time for the first line, and the request ends there", async (t) => {
    let isGone: Promise<void> = Promise.resolve();
    const { resource, token, refusals } = await aGateway(
      t,
      (_incoming, outgoing) => {
        isGone = new Promise((go) => outgoing.once("close", () => go()));
      },
      { rules: quick },
    );
    const answer = await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(answer.status, 504);
    assert.deepEqual(await answer.json(), late);
    assert.equal(refusals[0]?.refusal, "upstream.slow");
    await isGone;
  });

  it("stops in the middle: the client's answer breaks off after the idle time", async (t) => {
    const { resource, token } = await aGateway(
      t,
      (_incoming, outgoing) => {
        outgoing.writeHead(200, { "content-length": 10 }).write("half");
      },
      { rules: quick },
    );
    const answer = await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token()}` } });
    await assert.rejects(answer.text());
  });

  it("goes on in pieces for longer than the idle time: nothing breaks", async (t) => {
    const { resource, token } = await aGateway(
      t,
      async (_incoming, outgoing) => {
        for (let i = 0; i < 8; i++) {
          outgoing.write("x");
          await new Promise((go) => setTimeout(go, 80));
        }
        outgoing.end();
      },
      { rules: quick },
    );
    const answer = await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(await answer.text(), "xxxxxxxx");
  });

  it("has its own time for the first line and between pieces, longer than an idle connection is kept", async (t) => {
    const { resource, token } = await aGateway(
      t,
      (incoming, outgoing) => {
        const [first, next] = incoming.url === "/v1/slow" ? [4_300, 10] : [10, 600];
        setTimeout(() => outgoing.write("a"), first);
        setTimeout(() => outgoing.end("b"), first + next);
      },
      { rules: { ...usual, timeouts: { connect: 1, headers: 6, idle: 2 } } },
    );
    const headers = { authorization: `Bearer ${await token()}` };
    const call = async (path: string) => (await fetch(`${resource}/${path}`, { headers })).text();
    assert.equal(await call("quick"), "ab");
    // One on the connection that is there, one on a new one.
    assert.deepEqual(await Promise.all([call("slow"), call("slow")]), ["ab", "ab"]);
  });

  it("is not blamed for a client that stops sending: 408", async (t) => {
    const { port, token, refusals } = await aGateway(t, (incoming) => void incoming.resume(), {
      rules: quick,
    });
    const text = `POST /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\nContent-Type: a/b\r\nContent-Length: 10\r\n\r\nhalf`;
    assert.equal((await rawExchange(port, text)).status, 408);
    assert.equal(refusals[0]?.refusal, "upstream.client-slow");
  });

  it("closed an idle connection as the request came: a GET is repeated, once", async (t) => {
    let connections = 0;
    const server = createServer((socket) => {
      const isFirst = ++connections === 1;
      socket.on("error", nothing);
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        socket.once("data", () => (isFirst ? socket.resetAndDestroy() : socket.end()));
      });
    });
    await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
    t.after(() => void server.close());
    const { port } = server.address() as { port: number };
    const { resource, token } = await aGateway(t, nothing, { upstream: `http://127.0.0.1:${port}` });
    const headers = { authorization: `Bearer ${await token()}` };
    for (const expected of ["ok", "ok"]) {
      assert.equal(await (await fetch(`${resource}/x`, { headers })).text(), expected);
    }
    assert.equal(connections, 2);
  });

  it("is not asked beyond the bound of requests under way: 503 with Retry-After", async (t) => {
    const waiting: (() => void)[] = [];
    const { resource, token, refusals } = await aGateway(
      t,
      (_incoming, outgoing) => void waiting.push(() => outgoing.end("ok")),
      { rules: { ...usual, limits: { ...usual.limits, concurrent: 2 } } },
    );
    const headers = { authorization: `Bearer ${await token()}` };
    const first = [fetch(`${resource}/1`, { headers }), fetch(`${resource}/2`, { headers })];
    while (waiting.length < 2) await new Promise((go) => setTimeout(go, 5));
    const third = await fetch(`${resource}/3`, { headers });
    assert.equal(third.status, 503);
    assert.equal(third.headers.get("retry-after"), "1");
    assert.equal(refusals[0]?.refusal, "upstream.busy");
    for (const go of waiting) go();
    for (const answer of await Promise.all(first)) assert.equal(await answer.text(), "ok");
  });

  it("is not filled by one caller: 503 for it, and room for others", async (t) => {
    const waiting: (() => void)[] = [];
    const { resource, token } = await aGateway(
      t,
      (_incoming, outgoing) => void waiting.push(() => outgoing.end("ok")),
      { rules: { ...usual, limits: { ...usual.limits, per_caller: 1 } } },
    );
    const call = async (sub: string) =>
      fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token("all", { sub })}` } });
    const first = call("ann");
    while (waiting.length < 1) await new Promise((go) => setTimeout(go, 5));
    assert.equal((await call("ann")).status, 503);
    const other = call("bob");
    while (waiting.length < 2) await new Promise((go) => setTimeout(go, 5));
    for (const go of waiting) go();
    for (const answer of await Promise.all([first, other])) assert.equal(await answer.text(), "ok");
    const again = call("ann");
    while (waiting.length < 3) await new Promise((go) => setTimeout(go, 5));
    waiting.at(-1)?.();
    assert.equal((await again).status, 200);
  });
});
