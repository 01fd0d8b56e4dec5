import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Expected, idTokenAccount } from "./id-token.ts";

const claims = {
  iss: "https://login.example",
  sub: "ada",
  aud: "page",
  iat: 1_000,
  exp: 1_600,
  nonce: "n",
  auth_time: 900,
};
const expected: Expected = { issuer: "https://login.example", clientId: "page", nonce: "n" };

function idToken(payload: unknown): string {
  return ["{}", JSON.stringify(payload), "s"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");
}

describe("an ID token", () => {
  for (const { given, more = {}, wanted = {} } of [
    { given: "of the issuer for this client with its nonce" },
    { given: "of a clock that is far from ours", more: { iat: 9e9, exp: 9e9 + 1 } },
    {
      given: "for several clients, this one being the authorized party",
      more: { aud: ["page", "b"], azp: "page" },
    },
    { given: "in a list of one", more: { aud: ["page"] } },
    { given: "of a sign-in that is new enough", wanted: { maxAge: 100 } },
    {
      given: "after a refresh, without a nonce",
      more: { nonce: undefined },
      wanted: { nonce: undefined, subject: "ada" },
    },
    { given: "with a name beyond ASCII", more: { name: "Zoë Ångström" } },
  ]) {
    it(`is taken: ${given}`, () => {
      const account = idTokenAccount(idToken({ ...claims, ...more }), { ...expected, ...wanted });
      assert.partialDeepStrictEqual(account, JSON.parse(JSON.stringify({ ...claims, ...more })));
    });
  }

  for (const { given, more, wanted = {} } of [
    { given: "another issuer", more: { iss: "https://login.example/" } },
    { given: "no issuer", more: { iss: undefined } },
    { given: "another client", more: { aud: "other" } },
    { given: "others and no authorized party", more: { aud: ["page", "b"] } },
    { given: "another authorized party", more: { aud: ["page", "b"], azp: "b" } },
    { given: "another nonce", more: { nonce: "m" } },
    { given: "no nonce", more: { nonce: undefined } },
    { given: "no subject", more: { sub: undefined } },
    { given: "another subject than before", more: { sub: "eve" }, wanted: { subject: "ada" } },
    { given: "an end before its beginning", more: { exp: 1_000 } },
    { given: "no end", more: { exp: undefined } },
    { given: "times that are text", more: { iat: "1000", exp: "1600" } },
    { given: "too old a sign-in", more: {}, wanted: { maxAge: 80 } },
    {
      given: "a sign-in of no known time where one is asked",
      more: { auth_time: undefined },
      wanted: { maxAge: 80 },
    },
  ]) {
    it(`is refused with ${given}`, () => {
      assert.throws(() => idTokenAccount(idToken({ ...claims, ...more }), { ...expected, ...wanted }), {
        code: "issuer",
      });
    });
  }

  for (const text of ["", "a.b", "..", "{}", `${idToken({})}.`, "a.bnVsbA.c"]) {
    it(`is refused as no JWT: ${JSON.stringify(text)}`, () => {
      assert.throws(() => idTokenAccount(text, expected), { code: "issuer" });
    });
  }
});
