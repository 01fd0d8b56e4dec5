import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { readChallenges } from "@valetkey/protocol/challenge";
import type { OAuthError } from "@valetkey/protocol/errors";
import type { DpopOptions } from "./dpop.ts";
import { createGuard, type Guard } from "./guard.ts";
import { aProofKey, type ProofKey } from "./testing/a-proof.ts";
import { anIssuer, type TestIssuer } from "./testing/an-issuer.ts";

const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");

describe("guard with bound tokens", () => {
  let issuer: TestIssuer;
  let key: ProofKey;
  let token: string;
  let bearer: string;
  let refusals: OAuthError[] = [];
  before(async () => {
    issuer = await anIssuer();
    key = await aProofKey();
    token = await issuer.token({ cnf: { jkt: key.jkt } });
    bearer = await issuer.token();
  });
  after(() => issuer.close());

  const aGuard = (dpop: DpopOptions = {}) =>
    createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      dpop,
      onRefusal: (error) => refusals.push(error),
    });
  const claims = (change: object = {}) => ({
    ...{ htm: "GET", htu: issuer.resource, iat: Math.floor(Date.now() / 1000), ath: hashed(token) },
    ...change,
  });
  async function ask(guard: Guard, headers: Record<string, string>, needed: readonly string[] = []) {
    refusals = [];
    const result = await guard.guard(new Request(issuer.resource, { headers }), needed);
    if (!(result instanceof Response)) return { caller: result, status: 200, challenges: [] as const };
    return {
      caller: undefined,
      status: result.status,
      challenges: readChallenges(result.headers.get("www-authenticate") ?? ""),
      nonce: result.headers.get("dpop-nonce") ?? undefined,
      refusal: refusals.at(-1)?.refusal,
    };
  }

  it("[O21-RS-05 DP-02] lets a token in with a proof each time, and never on what it remembers alone", async () => {
    const guard = aGuard();
    for (let turn = 0; turn < 3; turn++) {
      const { caller } = await ask(guard, {
        authorization: `DPoP ${token}`,
        dpop: await key.proof(claims()),
      });
      assert.equal(caller?.subject, "account-1");
    }
    const bare = await ask(guard, { authorization: `DPoP ${token}` });
    assert.deepEqual([bare.status, bare.refusal], [401, "dpop.missing"]);
    assert.equal(bare.challenges[0]?.scheme, "DPoP");
    assert.equal(bare.challenges[0].attributes.get("error"), "invalid_dpop_proof");
    assert.match(bare.challenges[0].attributes.get("resource_metadata") ?? "", /oauth-protected-resource/);
    assert.match(bare.challenges[0].attributes.get("algs") ?? "", /^ES256 EdDSA /);
  });

  it("takes the scheme in any case", async () => {
    const { status } = await ask(aGuard(), {
      authorization: `dpop ${token}`,
      dpop: await key.proof(claims()),
    });
    assert.equal(status, 200);
  });

  it("refuses it as a bearer token, first time and remembered, and tells of DPoP behind Bearer", async () => {
    const guard = aGuard();
    await ask(guard, { authorization: `DPoP ${token}`, dpop: await key.proof(claims()) });
    for (const dpop of [{}, { dpop: await key.proof(claims()) }]) {
      const refused = await ask(guard, { authorization: `Bearer ${token}`, ...dpop });
      assert.deepEqual([refused.status, refused.refusal], [401, "token.bound"]);
      assert.deepEqual(
        refused.challenges.map(({ scheme }) => scheme),
        ["Bearer", "DPoP"],
      );
    }
  });

  it("refuses a proof that was used, and a bearer token under the scheme DPoP", async () => {
    const guard = aGuard();
    const dpop = await key.proof(claims());
    assert.equal((await ask(guard, { authorization: `DPoP ${token}`, dpop })).status, 200);
    const again = await ask(guard, { authorization: `DPoP ${token}`, dpop });
    assert.deepEqual([again.status, again.refusal], [401, "dpop.replayed"]);
    const unbound = await ask(guard, { authorization: `DPoP ${bearer}`, dpop: await key.proof(claims()) });
    assert.deepEqual([unbound.status, unbound.refusal], [401, "dpop.not-bound"]);
    assert.equal((await ask(guard, { authorization: `Bearer ${bearer}` })).status, 200);
  });

  it("gives a nonce with the 401 and takes the proof that carries it", async () => {
    const guard = aGuard({ nonces: true });
    const first = await ask(guard, { authorization: `DPoP ${token}`, dpop: await key.proof(claims()) });
    assert.deepEqual([first.status, first.refusal], [401, "dpop.nonce-missing"]);
    assert.equal(first.challenges[0]?.attributes.get("error"), "use_dpop_nonce");
    const dpop = await key.proof(claims({ nonce: first.nonce }));
    assert.equal((await ask(guard, { authorization: `DPoP ${token}`, dpop })).status, 200);
  });

  it("answers what is wrong with the token in the scheme of the request", async () => {
    const old = await issuer.token({ cnf: { jkt: key.jkt }, exp: 1_000 });
    const expired = await ask(aGuard(), { authorization: `DPoP ${old}`, dpop: await key.proof(claims()) });
    assert.deepEqual(
      [expired.status, expired.refusal, expired.challenges[0]?.scheme],
      [401, "token.expired", "DPoP"],
    );
    const dpop = await key.proof(claims());
    const poor = await ask(aGuard(), { authorization: `DPoP ${token}`, dpop }, ["notes:write"]);
    assert.deepEqual([poor.status, poor.challenges[0]?.scheme], [403, "DPoP"]);
    assert.equal(poor.challenges[0]?.attributes.get("scope"), "notes:write");
  });

  it("takes bound tokens alone where the resource says so, and says so in its metadata", async () => {
    const guard = aGuard({ required: true });
    const refused = await ask(guard, { authorization: `Bearer ${bearer}` });
    assert.deepEqual([refused.status, refused.refusal], [401, "dpop.bound-only"]);
    const nothing = await ask(guard, {});
    for (const { challenges } of [refused, nothing]) {
      assert.deepEqual(
        challenges.map(({ scheme }) => scheme),
        ["Bearer", "DPoP"],
      );
    }
    const { pathname } = new URL(guard.resourceMetadataUrl);
    const document = await guard.metadata(new Request(`https://api.example${pathname}`))?.json();
    assert.equal((document as Record<string, unknown>).dpop_bound_access_tokens_required, true);
    assert.equal(
      (await ask(guard, { authorization: `DPoP ${token}`, dpop: await key.proof(claims()) })).status,
      200,
    );
  });

  for (const authorization of [
    "DPoP",
    "DPoP ",
    "DPoP a b",
    "DPoP a, Bearer b",
    "Bearer a, DPoP b",
    "DPoPx y",
  ]) {
    it(`never takes ${JSON.stringify(authorization)} for a token`, async () => {
      const { status } = await ask(aGuard(), { authorization, dpop: await key.proof(claims()) });
      assert.ok([400, 401].includes(status));
    });
  }
});
