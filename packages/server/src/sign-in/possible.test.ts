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
      assert.equal(possible(usualSettings(issuer)).signIn.passkeys, expected);
    });
  }

  it("are not offered where the operator does not want them", () => {
    const settings = usualSettings("https://auth.example.com");
    const off = { ...settings, signIn: { ...settings.signIn, passkeys: false } };
    assert.equal(possible(off).signIn.passkeys, false);
  });
});
