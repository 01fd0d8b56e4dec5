import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sameText } from "./constant-time.ts";

describe("comparing secrets", () => {
  for (const { expected, given, same, when } of [
    { when: "equal texts", expected: "secret", given: "secret", same: true },
    { when: "two empty texts", expected: "", given: "", same: true },
    { when: "another first character", expected: "secret", given: "Secret", same: false },
    { when: "another last character", expected: "secret", given: "secreT", same: false },
    { when: "a prefix", expected: "secret", given: "secre", same: false },
    { when: "a longer text", expected: "secret", given: "secrets", same: false },
    { when: "nothing given", expected: "secret", given: "", same: false },
    { when: "something given where nothing is expected", expected: "", given: "s", same: false },
    { when: "a trailing null character", expected: "secret", given: "secret\0", same: false },
    { when: "two differences that would cancel by xor of all", expected: "ab", given: "ba", same: false },
  ]) {
    it(`says ${same ? "yes" : "no"} to ${when}`, () => assert.equal(sameText(expected, given), same));
  }
});
