import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accessTokenHash, type IdTokenFacts, identityClaims, idTokenClaims } from "./id-token.ts";

const facts: IdTokenFacts = {
  issuer: "https://auth.example.com",
  subject: "acc_1",
  clientId: "https://app.example.com/client.json",
  issuedAt: 1_000,
  expiresAt: 1_600,
  authTime: 400,
  nonce: "n-1",
  accessTokenHash: "77QmUPtjPfzWtF2AnpK9RQ",
  sessionId: "ses_1",
  methods: ["pwd"],
};

describe("ID tokens", () => {
  it("[OIDC-01] name issuer, subject, the client alone, times, nonce, at_hash, session and method", () => {
    assert.deepEqual(idTokenClaims(facts), {
      iss: "https://auth.example.com",
      sub: "acc_1",
      aud: "https://app.example.com/client.json",
      iat: 1_000,
      exp: 1_600,
      auth_time: 400,
      nonce: "n-1",
      at_hash: "77QmUPtjPfzWtF2AnpK9RQ",
      sid: "ses_1",
      amr: ["pwd"],
    });
  });

  it("[OIDC-01] have no member for what is not known", () => {
    const bare = idTokenClaims({
      ...facts,
      nonce: undefined,
      accessTokenHash: undefined,
      sessionId: undefined,
      methods: [],
    });
    assert.deepEqual(Object.keys(bare), ["iss", "sub", "aud", "iat", "exp", "auth_time"]);
  });

  it("[OIDC-01] state the time of sign-in even if it was at 0", () => {
    assert.equal(idTokenClaims({ ...facts, authTime: 0 }).auth_time, 0);
  });

  it("[OIDC-01] hash the access token as in the example of OpenID Connect Core appendix A.3", async () => {
    assert.equal(
      await accessTokenHash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "SHA-256"),
      "77QmUPtjPfzWtF2AnpK9RQ",
    );
  });

  it("[OIDC-01] take half of the longer hash too", async () => {
    const hash = await accessTokenHash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "SHA-512");
    assert.match(hash, /^[A-Za-z0-9_-]{43}$/);
  });
});

describe("claims about the person", () => {
  const account = { name: "Ada", email: "ada@example.com", emailVerified: false };

  for (const { scopes, claims } of [
    { scopes: [], claims: {} },
    { scopes: ["profile", "email"], claims: {} },
    { scopes: ["openid"], claims: {} },
    { scopes: ["openid", "offline_access", "notes:read"], claims: {} },
    { scopes: ["openid", "profile"], claims: { name: "Ada" } },
    {
      scopes: ["openid", "email"],
      claims: { email: "ada@example.com", email_verified: false },
    },
  ]) {
    it(`[OIDC-01 CL-16] for ${JSON.stringify(scopes)} are ${JSON.stringify(claims)}`, () => {
      assert.deepEqual(identityClaims(scopes, account), claims);
    });
  }

  it("leave out what the account does not have", () => {
    const nobody = { ...account, name: undefined, email: undefined };
    assert.deepEqual(identityClaims(["openid", "profile", "email"], nobody), {});
  });
});
