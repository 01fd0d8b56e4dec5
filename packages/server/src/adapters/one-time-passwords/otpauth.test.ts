import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { otpauthPasswords as passwords } from "./otpauth.ts";

/** RFC 6238 appendix B: the secret of its test vectors for SHA-1. */
const secret = new TextEncoder().encode("12345678901234567890");

/** RFC 4226 §5.3, by hand: the code of a step. */
function codeOf(step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0x0f) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

describe("a one-time password", () => {
  for (const { now, code } of [
    { now: 59, code: "287082" },
    { now: 1_111_111_109, code: "081804" },
    { now: 1_111_111_111, code: "050471" },
    { now: 1_234_567_890, code: "005924" },
    { now: 2_000_000_000, code: "279037" },
    { now: 20_000_000_000, code: "353130" },
  ]) {
    it(`[OTP-01] is ${code} at ${now}, as RFC 6238 appendix B says, and names its step`, () => {
      assert.equal(passwords.stepOf(secret, code, now), Math.floor(now / 30));
    });
  }

  const now = 1_800_000_010;
  const step = 60_000_000;
  for (const { given, code, expected } of [
    { given: "the step before", code: codeOf(step - 1), expected: step - 1 },
    { given: "the step after", code: codeOf(step + 1), expected: step + 1 },
    { given: "two steps before", code: codeOf(step - 2), expected: undefined },
    { given: "two steps after", code: codeOf(step + 2), expected: undefined },
    { given: "nothing", code: "", expected: undefined },
    { given: "a digit less", code: codeOf(step).slice(1), expected: undefined },
    { given: "a digit more", code: `${codeOf(step)}0`, expected: undefined },
    { given: "letters", code: "abcdef", expected: undefined },
    { given: "a megabyte", code: codeOf(step).repeat(200_000), expected: undefined },
    { given: "groups", code: ` ${codeOf(step).slice(0, 3)} ${codeOf(step).slice(3)}\u200b`, expected: step },
    {
      given: "Arabic digits",
      code: codeOf(step).replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
      expected: step,
    },
    {
      given: "full-width digits",
      code: codeOf(step).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
      expected: step,
    },
  ]) {
    it(`[OTP-01] of ${given} is ${expected === undefined ? "none" : "taken"}`, () => {
      assert.equal(passwords.stepOf(secret, code, now), expected);
    });
  }
});

describe("the set-up of one-time passwords", () => {
  it("[OTP-01] makes secrets of 160 bits, never the same", () => {
    const all = Array.from({ length: 20 }, () => Buffer.from(passwords.newSecret()).toString("hex"));
    assert.equal(new Set(all).size, 20);
    assert.ok(all.every((one) => one.length === 40));
  });

  it("is a URI of the values that every app knows, with the secret in base32", () => {
    const { uri, secret: shown } = passwords.setUp(secret, "Example: tools & more", "ada@example.com");
    const url = new URL(uri);
    assert.equal(`${url.protocol}//${url.host}`, "otpauth://totp");
    assert.equal(decodeURIComponent(url.pathname), "/Example  tools & more:ada@example.com");
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      issuer: "Example  tools & more",
      secret: shown,
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
    assert.equal(shown, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  });

  it("is a picture without script, style or anything from elsewhere", () => {
    const { qr } = passwords.setUp(secret, `"><script>`, `</svg><script>alert(1)</script>`);
    assert.match(qr, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.doesNotMatch(qr.replace("http://www.w3.org/2000/svg", ""), /script|style|href|http/i);
  });
});
