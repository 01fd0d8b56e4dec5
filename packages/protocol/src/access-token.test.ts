import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AccessTokenFacts, accessTokenClaims, requireAccessTokenClaims } from "./access-token.ts";
import { OAuthError } from "./errors.ts";
import type { Refusal } from "./refusals.ts";

const facts: AccessTokenFacts = {
  issuer: "https://issuer.example",
  subject: "account-1",
  clientId: "client-1",
  audience: "https://api.example/mcp",
  issuedAt: 1_000,
  expiresAt: 1_600,
  id: "token-1",
  scopes: ["notes:read", "notes:write"],
};
const header = { typ: "at+jwt", alg: "ES256", kid: "k" };
const expected = { issuer: facts.issuer, audience: facts.audience, now: 1_100 };

function refusalOf(payload: object, given: object = header, at: object = {}): Refusal | undefined {
  try {
    requireAccessTokenClaims({ ...given }, { ...payload }, { ...expected, ...at });
    return undefined;
  } catch (thrown) {
    assert.ok(thrown instanceof OAuthError);
    assert.equal(thrown.code, "invalid_token");
    assert.equal(thrown.message, "The access token is invalid or expired.");
    return thrown.refusal;
  }
}

describe("accessTokenClaims", () => {
  it("[AT-01] makes every claim that RFC 9068 asks for, and no other", () => {
    assert.deepEqual(accessTokenClaims(facts), {
      iss: "https://issuer.example",
      sub: "account-1",
      aud: "https://api.example/mcp",
      client_id: "client-1",
      iat: 1_000,
      exp: 1_600,
      jti: "token-1",
      scope: "notes:read notes:write",
    });
  });

  it("adds what is known of a person's sign-in", () => {
    const more = accessTokenClaims({ ...facts, authTime: 900, roles: ["trainer"], lineage: "l-1" });
    assert.deepEqual([more.auth_time, more.roles, more.lineage], [900, ["trainer"], "l-1"]);
    const less = accessTokenClaims({ ...facts, scopes: [], roles: [] });
    assert.equal("scope" in less || "roles" in less, false);
  });

  it("[AT-03] names the client as the subject of a machine's token", () => {
    const { subject: _, ...machine } = facts;
    assert.equal(accessTokenClaims(machine).sub, "client-1");
  });

  it("[AT-02] makes what the check accepts", () => {
    assert.equal(refusalOf(accessTokenClaims(facts)), undefined);
  });
});

describe("requireAccessTokenClaims", () => {
  const claims = accessTokenClaims(facts);

  for (const typ of ["at+jwt", "AT+JWT", "application/at+jwt"]) {
    it(`[AT-02] takes the type ${typ}`, () => assert.equal(refusalOf(claims, { ...header, typ }), undefined));
  }

  for (const [given, payload, refusal] of [
    ["another issuer", { iss: "https://issuer.example/" }, "token.issuer"],
    ["another audience", { aud: "https://api.example" }, "token.audience"],
    ["a list without the resource", { aud: ["https://a.example"] }, "token.audience"],
    ["a list with the resource", { aud: ["https://a.example", facts.audience] }, undefined],
    ["no end", { exp: undefined }, "token.claims"],
    ["an end that is text", { exp: "1600" }, "token.claims"],
    ["an end that is now", { exp: 1_100 }, "token.expired"],
    ["an end one second on", { exp: 1_101 }, undefined],
    ["no time of issue", { iat: undefined }, "token.claims"],
    ["a negative time of issue", { iat: -1 }, "token.claims"],
    ["an issue in the future", { iat: 1_101 }, "token.early"],
    ["a beginning in the future", { nbf: 1_101 }, "token.early"],
    ["a beginning that is null", { nbf: null }, "token.claims"],
    ["a beginning now", { nbf: 1_100 }, undefined],
    ["no subject", { sub: undefined }, "token.claims"],
    ["a number for a subject", { sub: 1 }, "token.claims"],
    ["no client", { client_id: "" }, "token.claims"],
    ["a list of scopes", { scope: ["a"] }, "token.claims"],
    ["no scope", { scope: undefined }, undefined],
  ] as const) {
    it(`[AT-02 O21-RS-01] answers ${refusal ?? "yes"} to ${given}`, () => {
      assert.equal(refusalOf({ ...claims, ...payload }), refusal);
    });
  }

  for (const [given, change, refusal] of [
    ["no type", { typ: undefined }, "token.type"],
    ["the type of an ID token", { typ: "JWT" }, "token.type"],
    ["a type that only ends alike", { typ: "x-at+jwt" }, "token.type"],
    ["no algorithm", { alg: undefined }, "token.algorithm"],
    ["none", { alg: "none" }, "token.algorithm"],
    ["a shared secret", { alg: "HS256" }, "token.algorithm"],
    ["another case", { alg: "es256" }, "token.algorithm"],
    ["a member of every list", { alg: "length" }, "token.algorithm"],
    ["a critical extension", { crit: ["exp"] }, "token.critical"],
    ["an empty critical list", { crit: [] }, "token.critical"],
    ["a key id that is no text", { kid: {} }, "token.malformed"],
  ] as const) {
    it(`[AT-02] answers ${refusal} to a header with ${given}`, () => {
      assert.equal(refusalOf(claims, { ...header, ...change }), refusal);
    });
  }

  it("lets clocks differ by the tolerance, and no more", () => {
    assert.equal(refusalOf(claims, header, { now: 1_604, clockTolerance: 5 }), undefined);
    assert.equal(refusalOf(claims, header, { now: 1_605, clockTolerance: 5 }), "token.expired");
    assert.equal(refusalOf(claims, header, { now: 995, clockTolerance: 5 }), undefined);
    assert.equal(refusalOf(claims, header, { now: 994, clockTolerance: 5 }), "token.early");
  });

  it("[RI-02] forgives the slash after a bare origin, either way, and after nothing else", () => {
    const bare = (aud: string, audience: string) => refusalOf({ ...claims, aud }, header, { audience });
    assert.equal(bare("https://a.example", "https://a.example/"), undefined);
    assert.equal(bare("https://a.example/", "https://a.example"), undefined);
    assert.equal(bare("https://a.example/x/", "https://a.example/x"), "token.audience");
    assert.equal(bare("https://a.example//", "https://a.example"), "token.audience");
  });
});
