import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Parameters } from "./parameters.ts";
import { challengeOf, isChallenge, isVerifier, requireChallenge, verifierFits } from "./pkce.ts";

// RFC 7636 appendix B
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

describe("PKCE", () => {
  it("hashes the verifier of RFC 7636 appendix B to its challenge", async () => {
    assert.equal(await challengeOf(verifier), challenge);
  });

  for (const { given, of, sent, fits } of [
    { given: "the verifier of the challenge", of: challenge, sent: verifier, fits: true },
    { given: "another verifier", of: challenge, sent: `${verifier.slice(0, -1)}l`, fits: false },
    { given: "the challenge itself, as plain would", of: challenge, sent: challenge, fits: false },
    { given: "a plain challenge equal to the verifier", of: verifier, sent: verifier, fits: false },
    { given: "an empty verifier", of: challenge, sent: "", fits: false },
    { given: "an empty verifier for an empty challenge", of: "", sent: "", fits: false },
    { given: "a padded verifier", of: challenge, sent: `${verifier}=`, fits: false },
  ]) {
    it(`[O21-AS-21] ${fits ? "accepts" : "refuses"} ${given}`, async () => {
      assert.equal(await verifierFits(of, sent), fits);
    });
  }

  it("refuses a verifier that hashes right but is shorter than 43 characters", async () => {
    const short = "a".repeat(42);
    assert.equal(await verifierFits(await challengeOf(short), short), false);
  });

  for (const { text, good } of [
    { text: "a".repeat(42), good: false },
    { text: "a".repeat(43), good: true },
    { text: "a".repeat(128), good: true },
    { text: "a".repeat(129), good: false },
    { text: `${"a".repeat(40)}-._~`, good: true },
    { text: `${"a".repeat(43)}+`, good: false },
    { text: `${"a".repeat(43)}\n`, good: false },
    { text: `${"a".repeat(43)}é`, good: false },
  ]) {
    it(`${good ? "takes" : "refuses"} a verifier of ${text.length} characters ending in ${JSON.stringify(text.at(-1))}`, () => {
      assert.equal(isVerifier(text), good);
    });
  }

  for (const { text, good } of [
    { text: challenge, good: true },
    { text: challenge.slice(1), good: false },
    { text: `${challenge}A`, good: false },
    { text: `${challenge}=`, good: false },
    { text: `${challenge.slice(1)}+`, good: false },
    { text: `${challenge}\n`, good: false },
  ]) {
    it(`${good ? "takes" : "refuses"} the challenge ${JSON.stringify(text)}`, () => {
      assert.equal(isChallenge(text), good);
    });
  }

  it("returns the challenge of a good request", () => {
    const form = Parameters.parse(`code_challenge=${challenge}&code_challenge_method=S256`);
    assert.equal(requireChallenge(form), challenge);
  });

  for (const { given, form, refusal } of [
    { given: "no challenge", form: "code_challenge_method=S256", refusal: "pkce.missing" },
    {
      given: "an empty challenge",
      form: "code_challenge=&code_challenge_method=S256",
      refusal: "pkce.missing",
    },
    { given: "no method", form: `code_challenge=${challenge}`, refusal: "pkce.method" },
    {
      given: "an empty method",
      form: `code_challenge=${challenge}&code_challenge_method=`,
      refusal: "pkce.method",
    },
    {
      given: "plain",
      form: `code_challenge=${challenge}&code_challenge_method=plain`,
      refusal: "pkce.method",
    },
    { given: "s256", form: `code_challenge=${challenge}&code_challenge_method=s256`, refusal: "pkce.method" },
    {
      given: "a short challenge",
      form: "code_challenge=abc&code_challenge_method=S256",
      refusal: "pkce.malformed",
    },
  ]) {
    it(`[O21-AS-20] refuses a request with ${given}`, () => {
      assert.throws(() => requireChallenge(Parameters.parse(form)), { code: "invalid_request", refusal });
    });
  }
});
