import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { isPrivateJwk, isThumbprint, publicJwk, thumbprintText } from "./jwk-thumbprint.ts";

const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");
const ec = {
  kty: "EC",
  x: "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
  y: "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
  crv: "P-256",
};
const okp = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const rsa = {
  kty: "RSA",
  n:
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3okn" +
    "jhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6q" +
    "MQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awap" +
    "JzKnqDKgw",
  e: "AQAB",
  alg: "RS256",
  kid: "2011-04-29",
};

describe("the thumbprint of a key", () => {
  for (const { vector, jwk, thumbprint } of [
    { vector: "RFC 7638 §3.1", jwk: rsa, thumbprint: "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs" },
    { vector: "RFC 8037 appendix A.3", jwk: okp, thumbprint: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" },
    { vector: "RFC 9449 §6.1", jwk: ec, thumbprint: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" },
  ]) {
    it(`is that of ${vector}, whatever else the key says and in which order`, () => {
      const key = publicJwk(jwk);
      const turned = publicJwk({
        use: "sig",
        ...Object.fromEntries(Object.entries(jwk).toReversed()),
        kid: "other",
      });
      assert.ok(key && turned);
      assert.equal(hashed(thumbprintText(key)), thumbprint);
      assert.equal(hashed(thumbprintText(turned)), thumbprint);
      assert.equal(isThumbprint(thumbprint), true);
    });
  }

  it("takes RSA up to 4,096 bits", () => assert.ok(publicJwk({ ...rsa, n: `w${"A".repeat(682)}` })));

  for (const { given, jwk } of [
    { given: "a shared secret", jwk: { kty: "oct", k: "AQAB" } },
    { given: "no kind", jwk: { x: ec.x, y: ec.y, crv: "P-256" } },
    { given: "another curve", jwk: { ...ec, crv: "P-384" } },
    { given: "the curve of Bitcoin", jwk: { ...ec, crv: "secp256k1" } },
    { given: "a curve for key agreement", jwk: { ...okp, crv: "X25519" } },
    { given: "a point without y", jwk: { ...ec, y: undefined } },
    { given: "a coordinate that is a number", jwk: { ...ec, x: 1 } },
    { given: "a coordinate with a byte too many", jwk: { ...ec, x: `AA${ec.x}` } },
    { given: "a padded coordinate", jwk: { ...ec, x: `${ec.x}=` } },
    { given: "a coordinate in another spelling", jwk: { ...ec, x: `${ec.x.slice(0, -1)}t` } },
    { given: "RSA of 1,024 bits", jwk: { ...rsa, n: rsa.n.slice(0, 171) } },
    { given: "RSA of 8,192 bits", jwk: { ...rsa, n: rsa.n.slice(0, 340).repeat(4).slice(0, 1366) } },
    { given: "RSA with a zero in front", jwk: { ...rsa, n: `AA${rsa.n}` } },
    { given: "the exponent 1", jwk: { ...rsa, e: "AQ" } },
    { given: "the exponent 3", jwk: { ...rsa, e: "Aw" } },
    { given: "an exponent as long as the modulus", jwk: { ...rsa, e: rsa.n } },
  ]) {
    it(`is not made of ${given}`, () => assert.equal(publicJwk(jwk), undefined));
  }

  for (const member of ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]) {
    it(`knows a private key by ${member}, whatever its value`, () => {
      assert.equal(isPrivateJwk({ ...ec, [member]: null }), true);
      assert.equal(isPrivateJwk(ec), false);
    });
  }

  for (const { given, value } of [
    { given: "nothing", value: undefined },
    { given: "a number", value: 43 },
    { given: "42 characters", value: "A".repeat(42) },
    { given: "44 characters", value: "A".repeat(44) },
    { given: "another alphabet", value: `${"A".repeat(42)}+` },
    { given: "bits that no hash has", value: `${"A".repeat(42)}B` },
  ]) {
    it(`is not ${given}`, () => assert.equal(isThumbprint(value), false));
  }
});
