import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { boundKey, proofWindow, requestedKey, requireProofClaims } from "./dpop.ts";
import { OAuthError } from "./errors.ts";
import { Parameters } from "./parameters.ts";
import type { Refusal } from "./refusals.ts";

const now = 1_562_262_616;
const tokenHash = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo";
const expected = {
  method: "GET",
  target: "https://resource.example.org/protectedresource?page=2",
  now,
  window: proofWindow,
  tokenHash,
};
/** RFC 9449 §7.1 */
const claims = {
  jti: "e1j3V_bKic8-LAEB",
  htm: "GET",
  htu: "https://resource.example.org/protectedresource",
  iat: now,
  ath: tokenHash,
};
const thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

function refusedAs(code: string, refusal: Refusal): (thrown: unknown) => true {
  return (thrown) => {
    assert.ok(thrown instanceof OAuthError, String(thrown));
    assert.deepEqual([thrown.code, thrown.refusal], [code, refusal]);
    return true;
  };
}

describe("the claims of a proof", () => {
  it("fit the request they were made for", () => {
    assert.deepEqual(requireProofClaims({ ...claims, nonce: "n" }, expected), {
      jti: claims.jti,
      issuedAt: now,
      expiresAt: now + proofWindow + 1,
      nonce: "n",
    });
  });

  it("need no ath where no access token is presented", () => {
    const { tokenHash: _, ...atToken } = expected;
    assert.equal(requireProofClaims({ ...claims, ath: undefined }, atToken).nonce, undefined);
  });

  for (const { given, iat, fits } of [
    { given: "at the end of the past", iat: now - proofWindow, fits: true },
    { given: "before it", iat: now - proofWindow - 1, fits: false },
    { given: "at the end of the future", iat: now + proofWindow, fits: true },
    { given: "behind it", iat: now + proofWindow + 1, fits: false },
    { given: "in parts of a second", iat: now - 0.5, fits: true },
    { given: "in milliseconds", iat: now * 1000, fits: false },
  ]) {
    it(`${fits ? "are taken" : "are refused"} with an iat ${given} of the window`, () => {
      const judge = () => requireProofClaims({ ...claims, iat }, expected);
      if (fits) assert.equal(judge().issuedAt, iat);
      else
        assert.throws(
          judge,
          (thrown) => thrown instanceof OAuthError && /^dpop\.(time|claims)$/.test(thrown.refusal),
        );
    });
  }

  it("are refused from the second on that they name as the end of their jti", () => {
    for (const iat of [now - 100, now + 100, now + 0.5]) {
      const { expiresAt } = requireProofClaims({ ...claims, iat }, expected);
      requireProofClaims({ ...claims, iat }, { ...expected, now: expiresAt - 1 });
      assert.throws(
        () => requireProofClaims({ ...claims, iat }, { ...expected, now: expiresAt }),
        refusedAs("invalid_dpop_proof", "dpop.time"),
      );
    }
  });

  for (const { given, change, refusal } of [
    { given: "no jti", change: { jti: undefined }, refusal: "dpop.claims" },
    { given: "an empty jti", change: { jti: "" }, refusal: "dpop.claims" },
    { given: "a jti that is a number", change: { jti: 1 }, refusal: "dpop.claims" },
    { given: "a jti of 257 characters", change: { jti: "j".repeat(257) }, refusal: "dpop.claims" },
    { given: "no htm", change: { htm: undefined }, refusal: "dpop.claims" },
    { given: "another method", change: { htm: "POST" }, refusal: "dpop.method" },
    { given: "the method in small letters", change: { htm: "get" }, refusal: "dpop.method" },
    { given: "a list of methods", change: { htm: ["GET"] }, refusal: "dpop.claims" },
    { given: "no htu", change: { htu: undefined }, refusal: "dpop.claims" },
    { given: "another URL", change: { htu: "https://resource.example.org/other" }, refusal: "dpop.target" },
    {
      given: "another host",
      change: { htu: "https://evil.example/protectedresource" },
      refusal: "dpop.target",
    },
    { given: "a URL that is none", change: { htu: "protectedresource" }, refusal: "dpop.target" },
    { given: "no iat", change: { iat: undefined }, refusal: "dpop.claims" },
    { given: "an iat as text", change: { iat: String(now) }, refusal: "dpop.claims" },
    { given: "an iat below zero", change: { iat: -1 }, refusal: "dpop.claims" },
    { given: "an iat beyond every clock", change: { iat: 1e300 }, refusal: "dpop.claims" },
    { given: "an exp that has come", change: { exp: now }, refusal: "dpop.time" },
    { given: "an exp that is no time", change: { exp: "later" }, refusal: "dpop.claims" },
    { given: "no ath", change: { ath: undefined }, refusal: "dpop.token-hash" },
    { given: "the ath of another token", change: { ath: thumbprint }, refusal: "dpop.token-hash" },
    { given: "an ath with padding", change: { ath: `${tokenHash}=` }, refusal: "dpop.token-hash" },
    { given: "a nonce that is no text", change: { nonce: 1 }, refusal: "dpop.claims" },
    { given: "a nonce of 513 characters", change: { nonce: "n".repeat(513) }, refusal: "dpop.claims" },
  ] satisfies readonly { given: string; change: object; refusal: Refusal }[]) {
    it(`are refused with ${given}`, () => {
      assert.throws(
        () => requireProofClaims({ ...claims, ...change }, expected),
        refusedAs("invalid_dpop_proof", refusal),
      );
    });
  }

  it("fit no target that is none", () => {
    assert.throws(
      () => requireProofClaims({ ...claims, htu: "x" }, { ...expected, target: "x" }),
      refusedAs("invalid_dpop_proof", "dpop.target"),
    );
  });
});

describe("the binding of a code", () => {
  const asked = (query: string) => requestedKey(Parameters.parse(query));

  it("is the thumbprint that the request names, or none", () => {
    assert.equal(asked(`dpop_jkt=${thumbprint}`), thumbprint);
    assert.equal(asked("scope=a"), undefined);
    assert.equal(asked("dpop_jkt="), undefined);
  });

  for (const value of ["short", `${thumbprint}A`, `${thumbprint.slice(0, -1)}%2B`]) {
    it(`is refused as ${value}`, () => {
      assert.throws(() => asked(`dpop_jkt=${value}`), refusedAs("invalid_request", "parameter.malformed"));
    });
  }
});

describe("the binding of a token", () => {
  it("is read from cnf, and its absence too", () => {
    assert.equal(boundKey({ jkt: thumbprint }), thumbprint);
    assert.equal(boundKey(undefined), undefined);
  });

  for (const { given, cnf } of [
    { given: "null", cnf: null },
    { given: "text", cnf: thumbprint },
    { given: "a list", cnf: [thumbprint] },
    { given: "nothing inside", cnf: {} },
    { given: "a certificate", cnf: { "x5t#S256": thumbprint } },
    { given: "a certificate beside the key", cnf: { jkt: thumbprint, "x5t#S256": thumbprint } },
    { given: "a thumbprint that is none", cnf: { jkt: "short" } },
    { given: "a thumbprint in a list", cnf: { jkt: [thumbprint] } },
  ]) {
    it(`is never taken for a bearer token when cnf is ${given}`, () => {
      assert.throws(() => boundKey(cnf), refusedAs("invalid_token", "token.bound"));
    });
  }
});
