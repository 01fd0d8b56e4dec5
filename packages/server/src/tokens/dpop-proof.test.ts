import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { proofAlgorithms } from "@valetkey/protocol/dpop-proof";
import { OAuthError } from "@valetkey/protocol/errors";
import type { Refusal } from "@valetkey/protocol/refusals";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Store } from "../ports/store.ts";
import { aProofKey, type ProofKey, tokenHash } from "../testing/a-proof.ts";
import { dpopNonces } from "./dpop-nonces.ts";
import { proofReader } from "./dpop-proof.ts";

const now = 1_000_000;
const target = "https://auth.example.com/token";
const request = { method: "POST", target, now };
const nonces = dpopNonces(
  {
    proofKeyId: "k",
    mac: (id, purpose, text) =>
      createHmac("sha256", id + purpose)
        .update(text)
        .digest(),
  },
  "https://auth.example.com",
);

describe("proofs at this server", () => {
  let store: Store;
  let key: ProofKey;
  let other: ProofKey;
  before(async () => {
    store = await sqliteStore(":memory:");
    [key, other] = await Promise.all([aProofKey(), aProofKey()]);
  });
  after(() => store.close());

  const claims = (change: object = {}) => ({
    htm: "POST",
    htu: target,
    iat: now,
    nonce: nonces.current(now),
    ...change,
  });
  const read = (proof: string | undefined, change: { requiresNonce?: boolean; accessToken?: string } = {}) =>
    proofReader({ store, nonces, requiresNonce: change.requiresNonce ?? true })({
      ...request,
      proof,
      ...(change.accessToken !== undefined && { accessToken: change.accessToken }),
    });

  async function refused(attempt: Promise<unknown>): Promise<OAuthError> {
    const thrown = await attempt.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    assert.ok(thrown instanceof OAuthError, `not refused: ${String(thrown)}`);
    return thrown;
  }

  for (const algorithm of proofAlgorithms) {
    it(`tell the key's thumbprint for ${algorithm}`, async () => {
      const signer = await aProofKey(algorithm);
      const possession = await read(await signer.proof(claims()));
      assert.equal(await possession.key(null), signer.jkt);
    });
  }

  it("are asked for by what is bound, and by nothing else", async () => {
    const nothing = await read(undefined);
    assert.equal(await nothing.key(null), null);
    const error = await refused(nothing.key(key.jkt));
    assert.deepEqual([error.code, error.refusal], ["invalid_dpop_proof", "dpop.missing"]);
  });

  it("by another key are refused as a dead grant, and are not spent by it", async () => {
    const possession = await read(await other.proof(claims()));
    const error = await refused(possession.key(key.jkt));
    assert.deepEqual([error.code, error.refusal], ["invalid_grant", "dpop.other-key"]);
    assert.equal(await possession.key(other.jkt), other.jkt);
  });

  it("are spent once, however often one request asks for the key", async () => {
    const proof = await key.proof(claims());
    const possession = await read(proof);
    assert.deepEqual(await Promise.all([possession.key(null), possession.key(key.jkt)]), [key.jkt, key.jkt]);
    assert.equal(await possession.key(key.jkt), key.jkt);
    const again = await read(proof);
    const error = await refused(again.key(key.jkt));
    assert.deepEqual([error.code, error.refusal], ["invalid_dpop_proof", "dpop.replayed"]);
  });

  it("of one jti get one of fifty simultaneous requests through", async () => {
    const proof = await key.proof(claims());
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, async () => (await read(proof)).key(key.jkt)),
    );
    assert.equal(all.filter(({ status }) => status === "fulfilled").length, 1);
  });

  it("with a jti that another key used are no replays", async () => {
    for (const signer of [key, other]) {
      const possession = await read(await signer.proof(claims({ jti: "the same" })));
      assert.equal(await possession.key(null), signer.jkt);
    }
  });

  it("that nobody asks for cost no write", async () => {
    const proof = await key.proof(claims());
    await read(proof);
    assert.equal(await (await read(proof)).key(null), key.jkt);
  });

  it("without a nonce are sent back for one, which then counts", async () => {
    const error = await refused(read(await key.proof(claims({ nonce: undefined }))));
    assert.deepEqual([error.code, error.refusal], ["use_dpop_nonce", "dpop.nonce-missing"]);
    const possession = await read(await key.proof(claims({ nonce: error.dpopNonce })));
    assert.deepEqual([await possession.key(null), possession.nextNonce], [key.jkt, undefined]);
  });

  it("without a nonce are taken where none is required, and the answer brings one along", async () => {
    const possession = await read(await key.proof(claims({ nonce: undefined })), { requiresNonce: false });
    assert.deepEqual([await possession.key(null), possession.nextNonce], [key.jkt, nonces.current(now)]);
  });

  it("with an older nonce bring the next one along", async () => {
    const possession = await read(await key.proof(claims({ nonce: nonces.current(now - 300) })));
    assert.equal(possession.nextNonce, nonces.current(now));
  });

  for (const { given, nonce } of [
    { given: "a stale", nonce: nonces.current(now - 3_600) },
    { given: "a foreign", nonce: "eyJ7S_zG.eyJH0-Z.HX4w-7v" },
    { given: "an empty", nonce: "" },
  ]) {
    it(`with ${given} nonce are sent back for another, whether one is required or not`, async () => {
      for (const requiresNonce of [true, false]) {
        const error = await refused(read(await key.proof(claims({ nonce })), { requiresNonce }));
        assert.deepEqual([error.code, error.refusal], ["use_dpop_nonce", "dpop.nonce-stale"]);
        assert.equal(error.dpopNonce, nonces.current(now));
      }
    });
  }

  it("beside an access token must name it", async () => {
    const proof = await key.proof(claims({ ath: tokenHash("token") }));
    assert.equal(await (await read(proof, { accessToken: "token" })).key(key.jkt), key.jkt);
    const error = await refused(read(proof, { accessToken: "other" }));
    assert.deepEqual([error.code, error.refusal], ["invalid_dpop_proof", "dpop.token-hash"]);
  });

  const forged: [given: string, refusal: Refusal, proof: () => Promise<string>][] = [
    ["signed by another key than it holds", "dpop.signature", () => other.proof(claims(), { jwk: key.jwk })],
    [
      "with a changed claim",
      "dpop.signature",
      async () => withClaims(await key.proof(claims()), claims({ jti: "x" })),
    ],
    [
      "with a point that is on no curve",
      "dpop.key",
      () => key.proof(claims(), { jwk: { ...key.jwk, x: key.jwk.y } }),
    ],
    [
      "for another endpoint",
      "dpop.target",
      () => key.proof(claims({ htu: "https://auth.example.com/userinfo" })),
    ],
    ["for another server", "dpop.target", () => key.proof(claims({ htu: "https://other.example/token" }))],
    ["for another method", "dpop.method", () => key.proof(claims({ htm: "GET" }))],
    ["from an hour ago", "dpop.time", () => key.proof(claims({ iat: now - 3_600 }))],
    ["from an hour ahead", "dpop.time", () => key.proof(claims({ iat: now + 3_600 }))],
    [
      "with its private key",
      "dpop.private-key",
      () => key.proof(claims(), { jwk: { ...key.jwk, d: key.jwk.x } }),
    ],
    ["of another type", "dpop.type", () => key.proof(claims(), { typ: "JWT" })],
    ["sent twice", "dpop.repeated", async () => `${await key.proof(claims())}, ${await key.proof(claims())}`],
  ];
  for (const [given, refusal, proof] of forged) {
    it(`${given} are refused`, async () => {
      const error = await refused(read(await proof()));
      assert.deepEqual([error.code, error.refusal], ["invalid_dpop_proof", refusal]);
    });
  }
});

function withClaims(proof: string, claims: object): string {
  const [head, , signature] = proof.split(".");
  return `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${signature}`;
}
