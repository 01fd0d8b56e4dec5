import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { proofAlgorithms, readProof } from "./dpop-proof.ts";
import { OAuthError } from "./errors.ts";
import type { Refusal } from "./refusals.ts";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const ec = {
  kty: "EC",
  x: "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
  y: "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
  crv: "P-256",
};
const okp = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const rsa = { kty: "RSA", e: "AQAB", n: `0${"A".repeat(341)}` };
const keys = { ES256: ec, EdDSA: okp, Ed25519: okp, RS256: rsa, PS256: rsa };
const head = { typ: "dpop+jwt", alg: "ES256", jwk: ec };
const claims = {
  jti: "-BwC3ESc6acc2lTc",
  htm: "POST",
  htu: "https://server.example.com/token",
  iat: 1562262616,
};
const proof = (header: unknown, body: unknown = claims) => `${part(header)}.${part(body)}.c2lnbmF0dXJl`;

/** RFC 9449 §4.1 */
const published =
  "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscE" +
  "JoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19" +
  ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwia" +
  "WF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";

describe("reading a proof", () => {
  it("reads the example of RFC 9449 §4.1", () => {
    const { algorithm, jwk, claims: read, compact } = readProof(published);
    assert.deepEqual(
      { algorithm, jwk, read, compact },
      { algorithm: "ES256", jwk: ec, read: claims, compact: published },
    );
  });

  for (const alg of proofAlgorithms) {
    it(`takes ${alg} with the key of its kind, and no word of the key beside it`, () => {
      const jwk = { ...keys[alg], kid: "1", use: "sig", alg: "none", key_ops: ["sign"], ext: true };
      assert.deepEqual(readProof(proof({ ...head, alg, jwk })).jwk, keys[alg]);
    });
  }

  it("takes the header with spaces around it", () => assert.ok(readProof(` ${published}\t`)));

  for (const { given, header, refusal } of [
    { given: "two headers", header: `${published}, ${published}`, refusal: "dpop.repeated" },
    { given: "a header and an empty one", header: `${published}, `, refusal: "dpop.repeated" },
    { given: "an empty header", header: "", refusal: "dpop.malformed" },
    { given: "a word", header: "proof", refusal: "dpop.malformed" },
    { given: "two parts", header: published.split(".").slice(0, 2).join("."), refusal: "dpop.malformed" },
    { given: "four parts", header: `${published}.x`, refusal: "dpop.malformed" },
    { given: "no signature", header: `${part(head)}.${part(claims)}.`, refusal: "dpop.malformed" },
    { given: "padding", header: `${published}=`, refusal: "dpop.malformed" },
    { given: "a scheme in front", header: `DPoP ${published}`, refusal: "dpop.malformed" },
    {
      given: "more than 8,192 characters",
      header: `${published}${"A".repeat(8_192)}`,
      refusal: "dpop.malformed",
    },
    { given: "a header that is no JSON", header: `e30x.${part(claims)}.x`, refusal: "dpop.malformed" },
    { given: "a header that is a list", header: proof([head]), refusal: "dpop.malformed" },
    { given: "claims that are text", header: proof(head, "claims"), refusal: "dpop.malformed" },
    { given: "claims that are null", header: proof(head, null), refusal: "dpop.malformed" },
    {
      given: "claims that are no UTF-8",
      header: `${part(head)}.${Buffer.from([0x22, 0xff, 0x22]).toString("base64url")}.x`,
      refusal: "dpop.malformed",
    },
    {
      given: "an extension to understand",
      header: proof({ ...head, crit: ["b64"], b64: false }),
      refusal: "dpop.malformed",
    },
    { given: "no type", header: proof({ ...head, typ: undefined }), refusal: "dpop.type" },
    { given: "the type of an access token", header: proof({ ...head, typ: "at+jwt" }), refusal: "dpop.type" },
    { given: "the type JWT", header: proof({ ...head, typ: "JWT" }), refusal: "dpop.type" },
    { given: "the type in a list", header: proof({ ...head, typ: ["dpop+jwt"] }), refusal: "dpop.type" },
    { given: "no algorithm", header: proof({ ...head, alg: undefined }), refusal: "dpop.algorithm" },
    { given: "the algorithm none", header: proof({ ...head, alg: "none" }), refusal: "dpop.algorithm" },
    { given: "the algorithm nOnE", header: proof({ ...head, alg: "nOnE" }), refusal: "dpop.algorithm" },
    {
      given: "a shared secret's algorithm",
      header: proof({ ...head, alg: "HS256" }),
      refusal: "dpop.algorithm",
    },
    {
      given: "the algorithm in a list",
      header: proof({ ...head, alg: ["ES256"] }),
      refusal: "dpop.algorithm",
    },
    {
      given: "an algorithm of every object",
      header: proof({ ...head, alg: "constructor" }),
      refusal: "dpop.algorithm",
    },
    {
      given: "an algorithm that the key is not for",
      header: proof({ ...head, alg: "RS256" }),
      refusal: "dpop.algorithm",
    },
    { given: "no key", header: proof({ ...head, jwk: undefined }), refusal: "dpop.key" },
    { given: "a key in a list", header: proof({ ...head, jwk: [ec] }), refusal: "dpop.key" },
    {
      given: "the key's name alone",
      header: proof({ ...head, jwk: undefined, kid: "1" }),
      refusal: "dpop.key",
    },
    {
      given: "the key's address",
      header: proof({ ...head, jwk: undefined, jku: "https://x.example/" }),
      refusal: "dpop.key",
    },
    {
      given: "a certificate",
      header: proof({ ...head, jwk: undefined, x5c: ["MII="] }),
      refusal: "dpop.key",
    },
    {
      given: "a key on another curve",
      header: proof({ ...head, jwk: { ...ec, crv: "P-521" } }),
      refusal: "dpop.key",
    },
    {
      given: "a private key",
      header: proof({ ...head, jwk: { ...ec, d: ec.x } }),
      refusal: "dpop.private-key",
    },
    {
      given: "a shared secret",
      header: proof({ ...head, jwk: { kty: "oct", k: "AQAB" } }),
      refusal: "dpop.private-key",
    },
  ] satisfies readonly { given: string; header: string; refusal: Refusal }[]) {
    it(`refuses ${given}`, () => {
      assert.throws(
        () => readProof(header),
        (thrown: unknown) => {
          assert.ok(thrown instanceof OAuthError);
          assert.deepEqual([thrown.code, thrown.refusal], ["invalid_dpop_proof", refusal]);
          return true;
        },
      );
    });
  }

  it("shows no private key to the operator either", () => {
    assert.throws(
      () => readProof(proof({ ...head, jwk: { ...ec, d: "c2VjcmV0" } })),
      (thrown: unknown) =>
        thrown instanceof OAuthError && !JSON.stringify({ ...thrown }).includes("c2VjcmV0"),
    );
  });
});
