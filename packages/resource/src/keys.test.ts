import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import { exportJWK } from "jose";
import { createGuard } from "./guard.ts";
import { issuerMetadata } from "./issuer.ts";
import { KeySet } from "./keys.ts";
import { type GuardOptions, settingsOf } from "./options.ts";
import { aKey, anIssuer, aRequest, signed, type TestIssuer } from "./testing/an-issuer.ts";

describe("keys of the issuer", () => {
  let issuer: TestIssuer;
  let now: number;
  let refusals: OAuthError[];

  beforeEach(async () => {
    issuer = await anIssuer();
    now = Math.floor(Date.now() / 1000);
    refusals = [];
  });
  afterEach(() => issuer.close());

  function aGuard(options: Partial<GuardOptions> = {}) {
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      onRefusal: (error) => refusals.push(error),
      ...options,
    });
    return async (token: string) => {
      const answer = await guard.guard(aRequest(token));
      return answer instanceof Response ? answer.status : 200;
    };
  }

  it("are fetched once for many requests that arrive together", async () => {
    const check = aGuard();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => issuer.token()));
    assert.deepEqual(new Set(await Promise.all(tokens.map(check))), new Set([200]));
    assert.equal(issuer.jwksFetches(), 1);
  });

  it("are fetched a handful of times for a thousand unknown key ids", async () => {
    const check = aGuard();
    assert.equal(await check(await issuer.token()), 200);
    const token = await issuer.token();
    const body = token.slice(token.indexOf("."));
    for (let i = 0; i < 1_000; i += 1) {
      const header = Buffer.from(JSON.stringify({ alg: "ES256", typ: "at+jwt", kid: `kid-${i}` }));
      assert.equal(await check(header.toString("base64url") + body), 401);
      if (i % 100 === 0) now += 4;
    }
    assert.ok(issuer.jwksFetches() <= 3, `${issuer.jwksFetches()} fetches`);
    assert.ok(issuer.jwksFetches() >= 2, "the floor never opened");
  });

  it("are looked for again when a new one is used, but not within the floor", async () => {
    const check = aGuard({ cooldown: 30 });
    assert.equal(await check(await issuer.token()), 200);
    const next = await aKey("second");
    issuer.state.keys = [issuer.key.jwk, next.jwk];
    const token = await signed(issuer.claims(), next);
    now += 29;
    assert.equal(await check(token), 401);
    assert.equal(refusals.at(-1)?.refusal, "token.key-unknown");
    now += 1;
    assert.equal(await check(token), 200);
    assert.equal(await check(await issuer.token()), 200);
    assert.equal(issuer.jwksFetches(), 2);
  });

  it("end remembered tokens too when the issuer withdraws them", async () => {
    const check = aGuard({ keysMaxAge: 60 });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    issuer.state.keys = [(await aKey("second")).jwk];
    assert.equal(await check(token), 200);
    now += 60;
    assert.equal(await check(token), 401);
    assert.equal(refusals.at(-1)?.refusal, "token.key-unknown");
  });

  it("stay when the issuer publishes them in another order", async () => {
    const check = aGuard({ keysMaxAge: 60 });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    issuer.state.keys = [(await aKey("second")).jwk, issuer.key.jwk];
    now += 60;
    assert.equal(await check(token), 200);
  });

  it("that cannot be had let nobody in: 503 with Retry-After, and the next try comes soon", async () => {
    issuer.state.down = true;
    const guard = createGuard({ issuer: issuer.issuer, resource: issuer.resource, clock: () => now });
    const request = aRequest(await issuer.token());
    const response = await guard.guard(request);
    assert.ok(response instanceof Response);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "1");
    assert.equal(response.headers.get("www-authenticate"), null);
    assert.equal(((await response.json()) as { error: string }).error, "temporarily_unavailable");
    issuer.state.down = false;
    now += 1;
    assert.ok(!((await guard.guard(request)) instanceof Response));
  });

  it("go on serving while the issuer is away, but for a day at most", async () => {
    const check = aGuard({ keysMaxAge: 60 });
    const token = (exp: number) => issuer.token({ exp });
    const long = await token(now + 200_000);
    assert.equal(await check(long), 200);
    issuer.state.down = true;
    now += 3_600;
    assert.equal(await check(long), 200);
    assert.equal(await check(await token(now + 600)), 200);
    now += 86_400;
    assert.equal(await check(long), 503);
  });

  it("that may be new while the issuer is away are neither accepted nor called invalid", async () => {
    const check = aGuard({ cooldown: 0 });
    assert.equal(await check(await issuer.token()), 200);
    issuer.state.down = true;
    assert.equal(await check(await signed(issuer.claims(), await aKey("second"))), 503);
  });

  it("without key id are taken only if they leave no choice", async () => {
    const token = await issuer.token({}, { kid: undefined });
    assert.equal(await aGuard()(token), 200);
    issuer.state.keys = [issuer.key.jwk, (await aKey("second")).jwk];
    assert.equal(await aGuard()(token), 401);
  });

  it("that are secret, private or for encryption are passed over", async () => {
    const { privateKey, jwk } = issuer.key;
    for (const bad of [
      { kty: "oct", k: "c2VjcmV0", kid: "first", alg: "ES256" },
      { ...(await exportJWK(privateKey)), kid: "first", alg: "ES256" },
      { ...jwk, use: "enc" },
      { ...jwk, key_ops: ["sign"] },
      { ...jwk, alg: "ES384" },
      { ...jwk, alg: "HS256" },
      { ...jwk, alg: undefined, crv: "P-384" },
      null,
      "key",
    ]) {
      issuer.state.keys = [bad];
      assert.equal(await aGuard()(await issuer.token()), 401, JSON.stringify(bad));
      assert.equal(refusals.at(-1)?.refusal, "token.key-unknown", JSON.stringify(bad));
    }
  });

  for (const alg of ["ES256", "EdDSA", "RS256", "PS256"]) {
    it(`[AT-02] of ${alg} verify, also if they do not state their algorithm`, async () => {
      const key = await aKey("other", alg);
      const { alg: _, ...silent } = key.jwk;
      for (const jwk of [key.jwk, silent]) {
        issuer.state.keys = [jwk];
        assert.equal(await aGuard()(await signed(issuer.claims(), key)), 200);
      }
    });
  }

  it("are found by OpenID discovery when there is no RFC 8414 document, and below a path", async () => {
    const tenant = await anIssuer({ path: "/tenant" });
    const options = { issuer: tenant.issuer };
    assert.equal(await aGuard(options)(await tenant.token()), 200);
    assert.equal(tenant.counts["/.well-known/oauth-authorization-server/tenant"], 1);
    tenant.state.instead["/.well-known/oauth-authorization-server/tenant"] = { status: 404, body: "" };
    const document = JSON.stringify({ issuer: tenant.issuer, jwks_uri: `${tenant.issuer}/jwks` });
    tenant.state.instead["/tenant/.well-known/openid-configuration"] = { body: document };
    assert.equal(await aGuard(options)(await tenant.token()), 200);
    await tenant.close();
  });

  it("are taken from where the options say, without discovery", async () => {
    assert.equal(await aGuard({ jwksUri: `${issuer.issuer}/jwks` })(await issuer.token()), 200);
    assert.deepEqual(issuer.counts, { "/jwks": 1 });
  });

  const document = "/.well-known/oauth-authorization-server";
  for (const [given, url, instead] of [
    [
      "metadata that names another issuer",
      document,
      (own: string) => ({ body: JSON.stringify({ issuer: `${own}/`, jwks_uri: `${own}/jwks` }) }),
    ],
    [
      "metadata behind a redirect",
      document,
      (own: string) => ({
        status: 302,
        headers: { location: `${own}/elsewhere` },
        body: JSON.stringify({ issuer: own, jwks_uri: `${own}/elsewhere`, keys: [issuer.key.jwk] }),
      }),
    ],
    [
      "keys behind a redirect",
      "/jwks",
      (own: string) => ({
        status: 307,
        headers: { location: `${own}/elsewhere` },
        body: JSON.stringify({ issuer: own, jwks_uri: `${own}/elsewhere`, keys: [issuer.key.jwk] }),
      }),
    ],
    [
      "keys in the clear",
      document,
      (own: string) => ({ body: JSON.stringify({ issuer: own, jwks_uri: "http://keys.example/jwks" }) }),
    ],
    ["metadata that is no JSON", document, () => ({ body: "<html>" })],
    ["a list for metadata", document, () => ({ body: "[]" })],
    ["keys that are no list", "/jwks", () => ({ body: '{"keys":{}}' })],
    ["keys without end", "/jwks", () => ({ body: `{"keys":["${"x".repeat(1_100_000)}"]}` })],
  ] as const) {
    it(`[MCP-C-03 MCP-C-18] are not taken from ${given}`, async () => {
      const elsewhere = {
        body: JSON.stringify({
          issuer: issuer.issuer,
          jwks_uri: `${issuer.issuer}/jwks`,
          keys: [issuer.key.jwk],
        }),
      };
      issuer.state.instead = { "/elsewhere": elsewhere, [url]: instead(issuer.issuer) };
      assert.equal(await aGuard()(await issuer.token()), 503);
      assert.equal(refusals.at(-1)?.refusal, "issuer.unreachable");
      assert.equal(issuer.counts["/elsewhere"], undefined);
    });
  }

  it("[O21-RS-08] are never asked for in the clear, wherever the metadata points", async () => {
    const asked: string[] = [];
    const check = aGuard({
      fetch: async (url) => {
        asked.push(url);
        return Response.json({
          issuer: issuer.issuer,
          jwks_uri: "http://keys.example/jwks",
          keys: [issuer.key.jwk],
        });
      },
    });
    assert.equal(await check(await issuer.token()), 503);
    assert.deepEqual(asked, [`${issuer.issuer}/.well-known/oauth-authorization-server`]);
  });

  it("keep their identity over a renewal, so that remembered tokens stay; a changed one is another", async () => {
    const settings = settingsOf({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      keysMaxAge: 60,
    });
    const keys = new KeySet(settings, issuerMetadata(settings));
    const key = await keys.find({ alg: "ES256", kid: "first" });
    now += 60;
    assert.equal(await keys.publishes(key), true);
    assert.equal(issuer.jwksFetches(), 2);
    issuer.state.keys = [{ ...(await aKey("first")).jwk }];
    now += 60;
    assert.equal(await keys.publishes(key), false);
  });

  it("are read up to a hundred", async () => {
    const others = Array.from({ length: 99 }, (_, i) => ({ ...issuer.key.jwk, kid: `other-${i}` }));
    issuer.state.keys = [...others, issuer.key.jwk];
    assert.equal(await aGuard()(await issuer.token()), 200);
    issuer.state.keys = [...others, { ...issuer.key.jwk, kid: "one more" }, issuer.key.jwk];
    assert.equal(await aGuard()(await issuer.token()), 401);
  });

  it("are not waited for longer than the timeout", async () => {
    const check = aGuard({
      timeout: 0.05,
      fetch: (_url, init) =>
        new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
    });
    assert.equal(await check(await issuer.token()), 503);
  });
});
