import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { before, describe, it } from "node:test";
import { proofAlgorithms } from "@valetkey/protocol/dpop-proof";
import { OAuthError } from "@valetkey/protocol/errors";
import type { Refusal } from "@valetkey/protocol/refusals";
import type { PresentedToken } from "./bearer.ts";
import { type DpopOptions, proofChecker } from "./dpop.ts";
import { ProofMemory } from "./proof-memory.ts";
import { aProofKey, type ProofKey } from "./testing/a-proof.ts";

const resource = "https://api.example/mcp";
const begin = 1_000_000;
const token = "the.access.token";
const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");

function aChecker(options: DpopOptions = {}) {
  const clock = { now: begin };
  return { clock, requireProof: proofChecker({ resource, clock: () => clock.now }, options) };
}

async function refused(attempt: () => unknown): Promise<OAuthError> {
  try {
    await attempt();
  } catch (thrown) {
    assert.ok(thrown instanceof OAuthError, String(thrown));
    return thrown;
  }
  assert.fail("not refused");
}

describe("a bound token at the guard", () => {
  let key: ProofKey;
  let thief: ProofKey;
  before(async () => {
    [key, thief] = await Promise.all([aProofKey(), aProofKey()]);
  });

  const good = { htm: "POST", htu: resource, iat: begin, ath: hashed(token) };
  const bound = () => ({ jkt: key.jkt });
  const presented: PresentedToken = { token, scheme: "DPoP" };
  const withProof = (...proofs: readonly string[]) => {
    const headers = new Headers();
    for (const proof of proofs) headers.append("dpop", proof);
    return new Request(`${resource}?session=1`, { method: "POST", headers });
  };

  for (const algorithm of proofAlgorithms) {
    it(`is let in with a proof by ${algorithm}`, async () => {
      const signer = await aProofKey(algorithm);
      const { requireProof } = aChecker();
      await requireProof(withProof(await signer.proof(good)), presented, { jkt: signer.jkt });
    });
  }

  it("is let in by the name that clients know, whatever host the request says", async () => {
    const { requireProof } = aChecker();
    const request = new Request("http://10.0.0.7:8080/mcp", {
      method: "POST",
      headers: { dpop: await key.proof(good) },
    });
    await requireProof(request, presented, bound());
    const forged = new Request("https://evil.example/mcp", {
      method: "POST",
      headers: { dpop: await key.proof({ ...good, htu: "https://evil.example/mcp" }) },
    });
    assert.equal((await refused(() => requireProof(forged, presented, bound()))).refusal, "dpop.target");
  });

  it("is let in behind a proxy that rewrites paths, by the name that the resource's author tells", async () => {
    const { requireProof } = aChecker({
      target: (request) => `https://api.example/public${new URL(request.url).pathname}`,
    });
    const htu = "https://api.example/public/mcp";
    await requireProof(withProof(await key.proof({ ...good, htu })), presented, bound());
    const error = await refused(async () =>
      requireProof(withProof(await key.proof(good)), presented, bound()),
    );
    assert.equal(error.refusal, "dpop.target");
  });

  it("is let in once with one proof, of fifty requests at once", async () => {
    const { requireProof } = aChecker();
    const proof = await key.proof(good);
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, async () => requireProof(withProof(proof), presented, bound())),
    );
    assert.equal(all.filter(({ status }) => status === "fulfilled").length, 1);
    const reasons = all.flatMap((one) =>
      one.status === "rejected" ? [(one.reason as OAuthError).refusal] : [],
    );
    assert.deepEqual([...new Set(reasons)], ["dpop.replayed"]);
  });

  it("is let in once with one proof by two processes that share a store", async () => {
    const store = new ProofMemory(100, () => begin);
    const [one, other] = [aChecker({ store }), aChecker({ store })];
    const proof = await key.proof(good);
    await one.requireProof(withProof(proof), presented, bound());
    const error = await refused(() => other.requireProof(withProof(proof), presented, bound()));
    assert.equal(error.refusal, "dpop.replayed");
  });

  it("has no proof spent by a request that is refused for another reason", async () => {
    const { requireProof } = aChecker();
    const proof = await key.proof(good);
    await refused(() => requireProof(withProof(proof), { token: "other", scheme: "DPoP" }, bound()));
    await requireProof(withProof(proof), presented, bound());
  });

  const attacks: [given: string, refusal: Refusal, proofs: () => Promise<readonly string[]>][] = [
    ["no proof", "dpop.missing", async () => []],
    ["an empty proof", "dpop.malformed", async () => [""]],
    ["two proofs", "dpop.repeated", async () => [await key.proof(good), await key.proof(good)]],
    [
      "a proof of 9,000 characters",
      "dpop.malformed",
      async () => [await key.proof({ ...good, pad: "x".repeat(9_000) })],
    ],
    ["a proof by the thief's key", "dpop.other-key", async () => [await thief.proof(good)]],
    [
      "the owner's key under the thief's signature",
      "dpop.signature",
      async () => [await thief.proof(good, { jwk: key.jwk })],
    ],
    [
      "a proof with its private key",
      "dpop.private-key",
      async () => [await key.proof(good, { jwk: { ...key.jwk, d: "AA" } })],
    ],
    ["the algorithm none", "dpop.algorithm", async () => [byHand({ alg: "none" })]],
    [
      "a shared secret",
      "dpop.algorithm",
      async () => [byHand({ alg: "HS256" }, hmacBy(JSON.stringify(key.jwk)))],
    ],
    [
      "the public key as a shared secret",
      "dpop.signature",
      async () => [byHand({}, hmacBy(JSON.stringify(key.jwk)))],
    ],
    ["an access token as proof", "dpop.type", async () => [await key.proof(good, { typ: "at+jwt" })]],
    ["another method", "dpop.method", async () => [await key.proof({ ...good, htm: "GET" })]],
    [
      "another path",
      "dpop.target",
      async () => [await key.proof({ ...good, htu: "https://api.example/mcp2" })],
    ],
    ["a slash at the end", "dpop.target", async () => [await key.proof({ ...good, htu: `${resource}/` })]],
    [
      "the path in capitals",
      "dpop.target",
      async () => [await key.proof({ ...good, htu: "https://api.example/MCP" })],
    ],
    [
      "another port",
      "dpop.target",
      async () => [await key.proof({ ...good, htu: "https://api.example:444/mcp" })],
    ],
    [
      "the scheme http",
      "dpop.target",
      async () => [await key.proof({ ...good, htu: "http://api.example/mcp" })],
    ],
    [
      "the authorization server's URL",
      "dpop.target",
      async () => [await key.proof({ ...good, htu: "https://as.example/token" })],
    ],
    ["no ath", "dpop.token-hash", async () => [await key.proof({ ...good, ath: undefined })]],
    [
      "the ath of another token",
      "dpop.token-hash",
      async () => [await key.proof({ ...good, ath: hashed("other") })],
    ],
    [
      "the ath in hexadecimal",
      "dpop.token-hash",
      async () => [await key.proof({ ...good, ath: createHash("sha256").update(token).digest("hex") })],
    ],
    ["an iat of six minutes ago", "dpop.time", async () => [await key.proof({ ...good, iat: begin - 360 })]],
    ["an iat in six minutes", "dpop.time", async () => [await key.proof({ ...good, iat: begin + 360 })]],
    ["no jti", "dpop.claims", async () => [await key.proof({ ...good, jti: undefined })]],
  ];
  for (const [given, refusal, proofs] of attacks) {
    it(`is refused with ${given}`, async () => {
      const { requireProof } = aChecker();
      const request = withProof(...(await proofs()));
      const error = await refused(() => requireProof(request, presented, bound()));
      assert.deepEqual([error.code, error.refusal], ["invalid_dpop_proof", refusal]);
    });
  }

  for (const htu of [
    "HTTPS://API.EXAMPLE/mcp",
    "https://api.example:443/mcp",
    "https://api.example/%6Dcp",
    `${resource}?session=1`,
    `${resource}#x`,
    "https://api.example/x/../mcp",
  ]) {
    it(`is let in with the target spelled ${htu}`, async () => {
      const { requireProof } = aChecker();
      await requireProof(withProof(await key.proof({ ...good, htu })), presented, bound());
    });
  }

  it("is refused as a bearer token, a proof beside it or not", async () => {
    const { requireProof } = aChecker();
    for (const proofs of [[], [await key.proof(good)]]) {
      const error = await refused(() =>
        requireProof(withProof(...proofs), { token, scheme: "Bearer" }, bound()),
      );
      assert.deepEqual([error.code, error.refusal], ["invalid_token", "token.bound"]);
    }
  });

  it("is refused when it is bound in a way that nobody here can check", async () => {
    const { requireProof } = aChecker();
    for (const cnf of [{ "x5t#S256": key.jkt }, { jkt: key.jkt, "x5t#S256": key.jkt }, {}, null]) {
      const request = withProof(await key.proof(good));
      const error = await refused(() => requireProof(request, presented, cnf));
      assert.deepEqual([error.code, error.refusal], ["invalid_token", "token.bound"]);
    }
  });

  function byHand(change: object, sign: (input: string) => string = () => "AA"): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const input = `${part({ typ: "dpop+jwt", alg: "ES256", jwk: key.jwk, ...change })}.${part({ ...good, jti: "1" })}`;
    return `${input}.${sign(input)}`;
  }
});

const hmacBy = (secret: string) => (input: string) =>
  createHmac("sha256", secret).update(input).digest("base64url");

describe("a token that is bound to no key", () => {
  const request = new Request(resource);

  it("needs no proof, and costs no turn of the loop", () => {
    assert.equal(aChecker().requireProof(request, { token, scheme: "Bearer" }, undefined), undefined);
  });

  it("is refused under the scheme DPoP", async () => {
    const error = await refused(() => aChecker().requireProof(request, { token, scheme: "DPoP" }, undefined));
    assert.deepEqual([error.code, error.refusal], ["invalid_token", "dpop.not-bound"]);
  });

  it("is refused where the resource takes bound ones only", async () => {
    const { requireProof } = aChecker({ required: true });
    const error = await refused(() => requireProof(request, { token, scheme: "Bearer" }, undefined));
    assert.deepEqual([error.code, error.refusal], ["invalid_token", "dpop.bound-only"]);
  });
});

describe("the guard's nonces", () => {
  let key: ProofKey;
  before(async () => {
    key = await aProofKey();
  });
  const secret = new Uint8Array(32).fill(7);
  const presented: PresentedToken = { token, scheme: "DPoP" };

  async function answer(checker: ReturnType<typeof aChecker>, nonce?: string): Promise<OAuthError | "in"> {
    const claims = { htm: "GET", htu: resource, iat: checker.clock.now, ath: hashed(token), nonce };
    const request = new Request(resource, { headers: { dpop: await key.proof(claims) } });
    try {
      await checker.requireProof(request, presented, { jkt: key.jkt });
      return "in";
    } catch (thrown) {
      assert.ok(thrown instanceof OAuthError);
      return thrown;
    }
  }

  async function given(checker: ReturnType<typeof aChecker>): Promise<string> {
    const error = await answer(checker);
    assert.ok(error !== "in");
    assert.deepEqual([error.code, error.refusal], ["use_dpop_nonce", "dpop.nonce-missing"]);
    return error.dpopNonce ?? "";
  }

  it("are asked for, then count for ten minutes at least, then are given anew", async () => {
    const checker = aChecker({ nonces: true });
    const nonce = await given(checker);
    for (const after of [0, 300, 600]) {
      checker.clock.now = begin + after;
      assert.equal(await answer(checker, nonce), "in");
    }
    checker.clock.now = begin + 900;
    const error = await answer(checker, nonce);
    assert.ok(error !== "in");
    assert.equal(error.refusal, "dpop.nonce-stale");
    assert.equal(await answer(checker, error.dpopNonce), "in");
  });

  it("are the same in processes that share a key, and foreign elsewhere", async () => {
    const nonce = await given(aChecker({ nonces: secret }));
    assert.equal(await given(aChecker({ nonces: secret })), nonce);
    assert.equal(await answer(aChecker({ nonces: secret }), nonce), "in");
    for (const other of [aChecker({ nonces: true }), aChecker({ nonces: new Uint8Array(32).fill(8) })]) {
      const error = await answer(other, nonce);
      assert.ok(error !== "in");
      assert.equal(error.refusal, "dpop.nonce-stale");
    }
  });

  it("need a key of 32 bytes", () => {
    assert.throws(() => aChecker({ nonces: new Uint8Array(31) }), TypeError);
  });

  it("are not looked at where none are asked for", async () => {
    assert.equal(await answer(aChecker(), "anything"), "in");
  });
});
