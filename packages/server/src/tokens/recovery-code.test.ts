import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hashRecoveryCode, newRecoveryCode, readRecoveryCode, shownRecoveryCode } from "./recovery-code.ts";

describe("a recovery code", () => {
  it("[OTP-04] has 80 random bits in letters that are not mistaken", () => {
    const codes = Array.from({ length: 500 }, newRecoveryCode);
    assert.equal(new Set(codes).size, 500);
    assert.ok(codes.every((code) => /^[0-9a-hjkmnp-tv-z]{16}$/.test(code)));
    const letters = new Set(codes.join(""));
    assert.equal(letters.size, 32);
  });

  it("is shown in groups and read back", () => {
    const code = newRecoveryCode();
    assert.match(shownRecoveryCode(code), /^\w{4}-\w{4}-\w{4}-\w{4}$/);
    assert.equal(readRecoveryCode(shownRecoveryCode(code)), code);
  });

  for (const { given, typed, expected } of [
    { given: "capital letters and spaces", typed: " ABCD EFGH 0123 4567 ", expected: "abcdefgh01234567" },
    { given: "letters for digits", typed: "abcd-efgh-OI23-4L67", expected: "abcdefgh01234167" },
    {
      given: "full-width letters and a long dash",
      typed: "ａｂｃｄ—efgh-0123-4567",
      expected: "abcdefgh01234567",
    },
    { given: "a letter less", typed: "abcd-efgh-0123-456", expected: undefined },
    { given: "a letter that no code has", typed: "abcd-efgh-0123-456u", expected: undefined },
    { given: "nothing", typed: "", expected: undefined },
    { given: "a megabyte", typed: "a".repeat(1_000_000), expected: undefined },
  ]) {
    it(`typed with ${given} is ${expected === undefined ? "none" : "understood"}`, () => {
      assert.equal(readRecoveryCode(typed), expected);
    });
  }

  it("is kept as a hash of its account's own", () => {
    const code = newRecoveryCode();
    const hash = hashRecoveryCode("acc_ada", code);
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.notEqual(hash, hashRecoveryCode("acc_bob", code));
  });
});
