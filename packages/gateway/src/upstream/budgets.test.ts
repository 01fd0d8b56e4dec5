import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aGateway, openRules, rulesOf } from "./testing/a-gateway.ts";
import { RawSocket } from "./testing/raw.ts";

describe("budgets", () => {
  it("answer 429 with the seconds to wait, for the caller and for the agent, each with its own count", async (t) => {
    let now = Math.floor(Date.now() / 1_000);
    const { resource, token, refusals, handler } = await aGateway(t, (_in, out) => void out.end("{}"), {
      rules: rulesOf(`${openRules}
budgets:
  caller: { window: 1m, requests: 2 }
  client: { window: 1h, requests: 3 }
`),
      clock: () => now,
    });
    const call = async (sub: string, client_id: string) => {
      const answer = await fetch(`${resource}/x`, {
        headers: { authorization: `Bearer ${await token("all", { sub, client_id })}` },
      });
      return [answer.status, answer.headers.get("retry-after")];
    };
    assert.deepEqual(await call("ann", "one"), [200, null]);
    now += 20;
    assert.deepEqual(await call("ann", "two"), [200, null]);
    assert.deepEqual(await call("ann", "two"), [429, "40"]);
    assert.deepEqual(await call("bob", "one"), [200, null]);
    assert.deepEqual(await call("cid", "one"), [200, null]);
    assert.deepEqual(await call("dan", "one"), [429, String(3_600 - 20)]);
    now += 40;
    assert.deepEqual(await call("ann", "two"), [200, null]);
    assert.deepEqual(
      refusals.map(({ refusal }) => refusal),
      ["upstream.budget", "upstream.budget"],
    );
    const { callers, clients } = handler.usage();
    assert.equal(callers.get("ann")?.requests, 3);
    assert.equal(clients.get("one")?.requests, 3);
  });

  it("count the tokens that the answer states, in JSON and at the end of a stream", async (t) => {
    const { resource, token, ended, handler } = await aGateway(
      t,
      (incoming, outgoing) => {
        if (incoming.url?.endsWith("stream")) {
          outgoing.writeHead(200, { "content-type": "text/event-stream" });
          outgoing.write('data: {"choices":[{}]}\n\n');
          outgoing.end('data: {"choices":[],"usage":{"total_tokens":60}}\n\ndata: [DONE]\n\n');
        } else {
          outgoing.writeHead(200, { "content-type": "application/json" });
          outgoing.end('{"choices":[],"usage":{"prompt_tokens":30,"completion_tokens":11}}');
        }
      },
      {
        rules: rulesOf(
          "rules: [{ methods: [GET], path: /**, scopes: [all] }]\nbudgets: { caller: { window: 1h, tokens: 100 } }\n",
        ),
      },
    );
    const authorization = `Bearer ${await token()}`;
    const call = async (path: string) => {
      const answer = await fetch(`${resource}/${path}`, { headers: { authorization } });
      await answer.text();
      return answer.status;
    };
    assert.equal(await call("plain"), 200);
    await ended(1);
    assert.equal(await call("stream"), 200);
    assert.deepEqual(
      (await ended(2)).map(({ tokens, isEstimate }) => [tokens, isEstimate]),
      [
        [41, false],
        [60, false],
      ],
    );
    assert.equal(await call("plain"), 429);
    assert.deepEqual(handler.usage().clients.get("client-1"), { requests: 2, tokens: 101, estimated: 0 });
  });

  it("charge a stream that the client breaks off before its last event", async (t) => {
    const { resource, token, ended } = await aGateway(t, (_incoming, outgoing) => {
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      outgoing.write('data: {"choices":[{}]}\n\n'.repeat(30));
    });
    const abort = new AbortController();
    const answer = await fetch(`${resource}/x`, {
      method: "POST",
      headers: { authorization: `Bearer ${await token()}`, "content-type": "a/b" },
      body: "x".repeat(40),
      signal: abort.signal,
    });
    await answer.body?.getReader().read();
    abort.abort();
    const [usage] = await ended(1);
    assert.equal(usage?.isEstimate, true);
    assert.equal(usage?.tokens, 40);
  });

  it("charge an answer that the client breaks off, though its body came in chunks", async (t) => {
    const { port, token, ended } = await aGateway(t, (incoming, outgoing) => {
      incoming.resume().once("end", () => {
        outgoing.writeHead(200, { "content-type": "application/json" });
        outgoing.write(`{"text":"${"x".repeat(391)}`);
      });
    });
    const client = new RawSocket(port);
    client.say(
      `POST /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\nContent-Type: a/b\r\n` +
        "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n",
    );
    await client.until(/x{391}/);
    client.socket.destroy();
    const [usage] = await ended(1);
    assert.deepEqual([usage?.isEstimate, usage?.tokens], [true, (8 + 400) / 4]);
  });
});
