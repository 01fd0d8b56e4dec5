import assert from "node:assert/strict";
import { it } from "node:test";
import { printable } from "./printable.ts";

for (const { text, longest, line } of [
  { text: "notes:read", longest: 20, line: "notes:read" },
  { text: "a\r\nb\tc\0", longest: 20, line: "a??b?c?" },
  { text: "\u00E9\u001B[31m\u202E", longest: 20, line: "??[31m?" },
  { text: "abcdef", longest: 3, line: "abc" },
  { text: "", longest: 3, line: "" },
]) {
  it(`[O21-AS-39] prints ${JSON.stringify(text)} as one line in ${longest} characters`, () => {
    assert.equal(printable(text, longest), line);
  });
}
