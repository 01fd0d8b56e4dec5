import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Lines } from "./lines.ts";

function read(chunks: readonly string[], longest = 10) {
  const lines: string[] = [];
  let tooLong = 0;
  const reader = new Lines(
    longest,
    (line) => lines.push(line),
    () => tooLong++,
  );
  for (const chunk of chunks) reader.push(Buffer.from(chunk, "latin1"));
  return { lines, tooLong };
}

describe("lines", () => {
  for (const { given, chunks, lines } of [
    { given: "two in one chunk", chunks: ["ab\ncd\n"], lines: ["ab", "cd"] },
    { given: "one in three chunks", chunks: ["a", "b", "c\n"], lines: ["abc"] },
    { given: "none before its end comes", chunks: ["ab"], lines: [] },
    { given: "none that is empty", chunks: ["\n\r\n\nab\n"], lines: ["ab"] },
    { given: "one that ends as on Windows", chunks: ["ab\r\ncd\r\n"], lines: ["ab", "cd"] },
    { given: "a letter that is cut between chunks", chunks: ["\xc3", "\xa4\n"], lines: ["ä"] },
    { given: "one of the greatest length", chunks: ["0123456789\n"], lines: ["0123456789"] },
  ]) {
    it(`are ${given}`, () => assert.deepEqual(read(chunks), { lines, tooLong: 0 }));
  }

  it("beyond the bound are told once, and nothing after them is read", () => {
    assert.deepEqual(read(["ok\n", "0123456789", "x", "y\n", "ok\n"]), { lines: ["ok"], tooLong: 1 });
  });
});
