import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard } from "./guard.ts";
import { isOpaque } from "./opaque-tokens.ts";
import type { IntrospectionOptions } from "./options.ts";
import { anIssuer, aRequest, type Claims, type TestIssuer } from "./testing/an-issuer.ts";

describe("an opaque token at the guard", () => {
  let issuer: TestIssuer;
  let now: number;
  let refusals: OAuthError[];

  beforeEach(async () => {
    issuer = await anIssuer();
    now = Math.floor(Date.now() / 1000);
    refusals = [];
  });
  afterEach(() => issuer.close());

  function aGuard(options: Partial<IntrospectionOptions> = {}, cacheSize = 10) {
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      cacheSize,
      onRefusal: (error) => refusals.push(error),
      introspection: { clientId: "api", clientSecret: "s", ...options },
    });
    return async (token = "opaque-1", needed: readonly string[] = []) => {
      const answer = await guard.guard(aRequest(token), needed);
      if (!(answer instanceof Response)) return { status: 200, caller: answer };
      return { status: answer.status, refusal: refusals.at(-1)?.refusal };
    };
  }

  /** What the issuer says: a good answer, changed. */
  function says(change: Claims = {}) {
    const { iss: _, ...claims } = issuer.claims();
    const body = JSON.stringify({ active: true, token_type: "Bearer", ...claims, ...change });
    issuer.state.instead["/introspect"] = { body };
  }

  it("is taken on the issuer's word, with everything that it says", async () => {
    says({ roles: ["trainer"], scope: "notes:read notes:write" });
    const { caller } = await aGuard()("opaque-1", ["notes:write"]);
    assert.deepEqual(
      [caller?.subject, caller?.clientId, caller?.scopes, caller?.roles, caller?.claims.iss],
      ["account-1", "client-1", ["notes:read", "notes:write"], ["trainer"], issuer.issuer],
    );
  });

  it("is the client's own when the issuer names no subject", async () => {
    says({ sub: undefined });
    const { caller } = await aGuard()();
    assert.deepEqual([caller?.subject, caller?.isMachine], ["client-1", true]);
  });

  it("is malformed where nobody is to be asked, and the issuer is not", async () => {
    const guard = createGuard({ issuer: issuer.issuer, resource: issuer.resource });
    const answer = await guard.guard(aRequest("opaque-1"));
    assert.ok(answer instanceof Response && answer.status === 401);
    assert.deepEqual(issuer.counts, {});
  });

  for (const [given, change, refusal] of [
    ["is not active", { active: false }, "token.revoked"],
    ["has no type, as a refresh token has none", { token_type: undefined }, "token.type"],
    ["has another type", { token_type: "mac" }, "token.type"],
    ["has a type that is no text", { token_type: ["Bearer"] }, "token.type"],
    ["is for another resource", { aud: "https://other.example" }, "token.audience"],
    ["is for nobody", { aud: undefined }, "token.audience"],
    ["comes from another issuer", { iss: "https://other.example" }, "token.issuer"],
    ["has no end", { exp: undefined }, "token.claims"],
    ["is past its end", { exp: 1_000 }, "token.expired"],
    ["has not begun", { nbf: 9_999_999_999 }, "token.early"],
    ["has no client", { client_id: undefined }, "token.claims"],
    ["has scopes in a list", { scope: ["notes:read"] }, "token.claims"],
    ["is bound by a type without a key", { token_type: "DPoP" }, "token.claims"],
    ["is bound to a key under the type Bearer", { cnf: { jkt: "x" } }, "token.claims"],
    ["is bound, and comes without proof", { token_type: "DPoP", cnf: { jkt: "x" } }, "token.bound"],
  ] as const) {
    it(`is refused when it ${given}`, async () => {
      says(change);
      assert.deepEqual(await aGuard()(), { status: 401, refusal });
    });
  }

  it("lets nobody in while the issuer does not say", async () => {
    issuer.state.introspectionDown = true;
    assert.deepEqual(await aGuard()(), { status: 503, refusal: "issuer.unreachable" });
  });

  it("is asked about at every use, or after the seconds that were told, and never held beyond its end", async () => {
    says();
    const atOnce = aGuard();
    for (const _ of [1, 2]) await atOnce();
    assert.equal(issuer.counts["/introspect"], 2);
    const cached = aGuard({ cacheSeconds: 60 });
    says({ exp: now + 10 });
    for (const _ of [1, 2]) assert.equal((await cached()).status, 200);
    assert.equal(issuer.counts["/introspect"], 3);
    now += 10;
    says({ active: false });
    assert.deepEqual(await cached(), { status: 401, refusal: "token.revoked" });
  });

  it("is not held for longer because the clock was set back", async () => {
    says();
    const cached = aGuard({ cacheSeconds: 60 });
    assert.equal((await cached()).status, 200);
    says({ active: false });
    now -= 4;
    assert.deepEqual(await cached(), { status: 401, refusal: "token.revoked" });
  });

  it("is forgotten for newer ones, so that no flood fills the memory", async () => {
    says();
    const cached = aGuard({ cacheSeconds: 60 }, 2);
    for (const token of ["a", "b", "c", "a"]) assert.equal((await cached(token)).status, 200);
    assert.equal(issuer.counts["/introspect"], 4);
    await cached("a");
    assert.equal(issuer.counts["/introspect"], 4);
  });

  it("is known by its parts: three are a JWT", () => {
    const known = ["opaque", "one.two", "a.b.c.d", ".", "a.b.c.d.e"].map(isOpaque);
    assert.deepEqual(known, [true, true, true, true, true]);
    assert.deepEqual(["a.b.c", "..", ".b."].map(isOpaque), [false, false, false]);
  });
});
