import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aGateway, openRules, rulesOf } from "./testing/a-gateway.ts";
import { RawSocket } from "./testing/raw.ts";

const usual = rulesOf(openRules);

describe("a request is judged", () => {
  it("by the scopes that are certain before its body is waited for", async (t) => {
    const { port, token } = await aGateway(t, (_incoming, outgoing) => void outgoing.end(), {
      rules: rulesOf(`
rules:
  - { methods: [POST], path: /x, scopes: [all] }
  - { methods: [POST], path: /x, models: [m], scopes: [more] }
`),
    });
    for (const { bearer, status } of [
      { bearer: await token("more"), status: 403 },
      { bearer: "none", status: 401 },
    ]) {
      const client = new RawSocket(port);
      client.say(
        `POST /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${bearer}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
      );
      await client.until(/\r\n\r\n/);
      assert.match(client.heard, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(client.heard, /scope="all"/);
      client.socket.destroy();
    }
  });

  it("once more by the room that is left when its credential was long in coming", async (t) => {
    const waiting: (() => void)[] = [];
    const asked: (() => void)[] = [];
    const { resource, token, refusals } = await aGateway(
      t,
      (_incoming, outgoing) => void waiting.push(() => outgoing.end("ok")),
      {
        rules: { ...usual, limits: { ...usual.limits, per_caller: 1 } },
        credentials: { headersFor: () => new Promise((go) => asked.push(() => go({}))) },
      },
    );
    const headers = { authorization: `Bearer ${await token()}` };
    const calls = [fetch(`${resource}/1`, { headers }), fetch(`${resource}/2`, { headers })];
    const until = async (holds: () => boolean) => {
      for (let wait = 0; !holds() && wait < 2_000; wait++) await new Promise((go) => setTimeout(go, 5));
    };
    await until(() => asked.length === 2);
    for (const go of asked) go();
    await until(() => waiting.length > 0 && refusals.length > 0);
    for (const go of waiting) go();
    const statuses = await Promise.all(calls.map(async (call) => (await call).status));
    assert.deepEqual(statuses.toSorted(), [200, 503]);
    assert.equal(waiting.length, 1);
  });
});
