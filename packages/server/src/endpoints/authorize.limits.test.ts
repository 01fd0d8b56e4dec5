import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { aServer } from "../testing/a-server.ts";

describe("authorization requests that begin pages", () => {
  it("are answered 429 beyond the limit of their address, and write nothing then", async (t) => {
    const server = await aServer({ limits: { authorization: { limit: 3, window: 60 } } });
    t.after(() => server.close());
    const client = await server.client();
    const url = authorizationUrl(server, client, { code_challenge: pkce().challenge });
    const ask = (address: string) => server.fetch(new Request(url, { redirect: "manual" }), { address });
    for (let turn = 0; turn < 3; turn++) assert.equal((await ask("203.0.113.9")).status, 303);
    const refused = await ask("203.0.113.9");
    assert.deepEqual([refused.status, refused.headers.get("location")], [429, null]);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal(server.audit.lastRefusal, "request.rate");
    assert.equal((await ask("203.0.113.10")).status, 303, "another address is not held back");
    server.clock.advance(64);
    assert.equal((await ask("203.0.113.9")).status, 303);
  });

  it("take more of the limit the longer they are, so that no address fills the database", async (t) => {
    const server = await aServer({ limits: { authorization: { limit: 3, window: 60 } } });
    t.after(() => server.close());
    const client = await server.client();
    const url = authorizationUrl(server, client, { code_challenge: pkce().challenge });
    const ask = (state: string, address: string) =>
      server.fetch(new Request(`${url}&extra=${state}`, { redirect: "manual" }), { address });
    const long = "s".repeat(2 * 4_096);
    assert.equal((await ask(long, "203.0.113.9")).status, 303);
    assert.equal((await ask("", "203.0.113.9")).status, 429);
    assert.equal((await ask("", "203.0.113.10")).status, 303);
    assert.equal((await ask("", "203.0.113.10")).status, 303);
  });

  it("count for the whole /64 of an IPv6 address, which one machine has to itself", async (t) => {
    const server = await aServer({ limits: { authorization: { limit: 2, window: 60 } } });
    t.after(() => server.close());
    const client = await server.client();
    const url = authorizationUrl(server, client, { code_challenge: pkce().challenge });
    const ask = (address: string) => server.fetch(new Request(url, { redirect: "manual" }), { address });
    const answers = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::3", "2001:db8:1:3::1"].map(
      ask,
    );
    assert.deepEqual(
      (await Promise.all(answers)).map(({ status }) => status).toSorted(),
      [303, 303, 303, 429],
    );
  });
});
