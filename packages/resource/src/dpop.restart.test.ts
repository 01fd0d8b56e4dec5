import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, it } from "node:test";
import { OAuthError } from "@valetkey/protocol/errors";
import type { PresentedToken } from "./bearer.ts";
import { type DpopOptions, proofChecker } from "./dpop.ts";
import { ProofMemory } from "./proof-memory.ts";
import { aProofKey, type ProofKey } from "./testing/a-proof.ts";

const resource = "https://api.example/mcp";
const begin = 1_000_000;
const token = "the.access.token";
const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");

describe("a proof from before the guard's start", () => {
  const presented: PresentedToken = { token, scheme: "DPoP" };
  const secret = new Uint8Array(32).fill(7);
  let key: ProofKey;
  before(async () => {
    key = await aProofKey();
  });

  /** A guard made now, and a way to bring it a proof made at a time; tells the refusal and the nonce, if any. */
  function restarted(options: DpopOptions, startedAt = begin) {
    const clock = { now: startedAt };
    const requireProof = proofChecker({ resource, clock: () => clock.now }, options);
    const bring = async (proof: string) => {
      const request = new Request(resource, { headers: { dpop: proof } });
      try {
        await requireProof(request, presented, { jkt: key.jkt });
        return { refusal: undefined, nonce: undefined };
      } catch (thrown) {
        assert.ok(thrown instanceof OAuthError);
        return { refusal: thrown.refusal, nonce: thrown.dpopNonce };
      }
    };
    return { clock, bring };
  }
  const made = (iat: number, nonce?: string) =>
    key.proof({ htm: "GET", htu: resource, iat, ath: hashed(token), nonce });

  it("is not taken again by the process that follows, which remembers nothing of it", async () => {
    const proof = await made(begin);
    assert.equal((await restarted({}).bring(proof)).refusal, undefined);
    const next = restarted({}, begin + 2);
    const { refusal, nonce } = await next.bring(proof);
    assert.equal(refusal, "dpop.before-start");
    assert.match(nonce ?? "", /./);
    next.clock.now = begin + 299;
    assert.equal((await next.bring(proof)).refusal, "dpop.before-start");
  });

  it("is let in when the client comes again, whether its clock is right or slow", async () => {
    const { bring, clock } = restarted({});
    const { nonce } = await bring(await made(begin - 1));
    clock.now += 1;
    assert.equal((await bring(await made(begin + 1))).refusal, undefined);
    const slow = await made(begin - 200, nonce);
    assert.equal((await bring(slow)).refusal, undefined);
    assert.equal((await bring(slow)).refusal, "dpop.replayed");
  });

  it("is not let in with a nonce of the process before, one that all share included", async () => {
    for (const options of [{}, { nonces: secret }]) {
      const { nonce } = await restarted(options).bring(await made(begin - 1));
      const next = restarted(options, begin + 2);
      assert.equal((await next.bring(await made(begin, nonce))).refusal, "dpop.before-start");
    }
    const shared = await restarted({ nonces: secret }).bring(await made(begin));
    assert.equal(shared.refusal, "dpop.nonce-missing");
    const next = restarted({ nonces: secret }, begin + 2);
    assert.equal((await next.bring(await made(begin, shared.nonce))).refusal, "dpop.before-start");
    assert.equal((await next.bring(await made(begin + 2, shared.nonce))).refusal, undefined);
  });

  it("is judged by the store where there is one, and by the nonces of this process where it asks for them", async () => {
    const store = new ProofMemory(100, () => begin);
    const proof = await made(begin);
    assert.equal((await restarted({ store }).bring(proof)).refusal, undefined);
    const next = restarted({ store }, begin + 2);
    assert.equal((await next.bring(proof)).refusal, "dpop.replayed");
    assert.equal((await next.bring(await made(begin))).refusal, undefined);
    const asking = restarted({ nonces: true }, begin + 2);
    const { refusal, nonce } = await asking.bring(await made(begin));
    assert.equal(refusal, "dpop.nonce-missing");
    assert.equal((await asking.bring(await made(begin, nonce))).refusal, undefined);
  });
});
