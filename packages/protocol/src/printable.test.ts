import assert from "node:assert/strict";
import { it } from "node:test";
import { printable, printableLine } from "./printable.ts";

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

for (const { text, line } of [
  { text: "Zo\u00EB \u5F20\u4F1F", line: "Zo\u00EB \u5F20\u4F1F" },
  { text: "a\r\nb\u001B[2J\u007F\u009B", line: "a??b?[2J??" },
  { text: "a\u2028b\u2029c\u202Ed\u2066e\u061C\u200E\u200F", line: "a?b?c?d?e???" },
]) {
  it(`leaves every script as it is, and nothing that moves or turns what is beside it: ${JSON.stringify(line)}`, () => {
    assert.equal(printableLine(text), line);
  });
}

it("writes what the caller wants in the place of each", () => {
  assert.equal(
    printableLine("a\u009Bb\n", (mark) => `<${mark.charCodeAt(0)}>`),
    "a<155>b<10>",
  );
});
