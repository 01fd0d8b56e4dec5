import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usualSettings } from "../testing/a-server.ts";
import { possible } from "./possible.ts";

describe("passkeys", () => {
  for (const { issuer, expected } of [
    { issuer: "https://auth.example.com", expected: true },
    { issuer: "http://localhost:8080", expected: true },
    { issuer: "http://127.0.0.1:8080", expected: false },
    { issuer: "https://192.0.2.7/auth", expected: false },
    { issuer: "http://[::1]:8080", expected: false },
  ]) {
    it(`are ${expected ? "" : "not "}offered at ${issuer}`, () => {
      assert.equal(possible(usualSettings(issuer), true).signIn.passkeys, expected);
    });
  }

  it("are not offered where the operator does not want them", () => {
    const settings = usualSettings("https://auth.example.com");
    const off = { ...settings, signIn: { ...settings.signIn, passkeys: false } };
    assert.equal(possible(off, true).signIn.passkeys, false);
  });
});

describe("sign-up", () => {
  const settings = usualSettings("https://auth.example.com");
  for (const { given, about, hasMail, expected } of [
    { given: "a mailer", about: {}, hasMail: true, expected: "open" },
    { given: "no mailer", about: {}, hasMail: false, expected: "invitation" },
    { given: "no password", about: { password: false }, hasMail: true, expected: "open" },
    { given: "no code by mail", about: { email: false }, hasMail: true, expected: "open" },
    {
      given: "no way to come back",
      about: { password: false, email: false },
      hasMail: true,
      expected: "invitation",
    },
    { given: "an operator who closed it", about: { signUp: "closed" }, hasMail: false, expected: "closed" },
  ] as const) {
    it(`is ${expected} with ${given}`, () => {
      const asked = { ...settings, signIn: { ...settings.signIn, signUp: "open", ...about } } as const;
      assert.equal(possible(asked, hasMail).signIn.signUp, expected);
    });
  }
});
