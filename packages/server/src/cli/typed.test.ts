import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { askedSecretly, firstLine } from "./typed.ts";
import { UsageError } from "./usage-error.ts";

/** A terminal that a test types at. */
function aTerminal() {
  const modes: boolean[] = [];
  const stream = Object.assign(new PassThrough(), {
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
    isTTY: true,
  });
  return { stdin: stream as unknown as NodeJS.ReadStream, type: (keys: string) => stream.write(keys), modes };
}

describe("a password at the terminal", () => {
  for (const { given, keys, typed } of [
    { given: "letters and return", keys: ["s3cret", "\r"], typed: "s3cret" },
    { given: "a slip that is taken back", keys: ["s3x\u007fcret\b\u007fx", "\n"], typed: "s3crx" },
    { given: "letters beyond ASCII", keys: ["pä\u{1f511}\u007fß\r"], typed: "päß" },
  ]) {
    it(`is read without being shown: ${given}`, async () => {
      const { stdin, type, modes } = aTerminal();
      let shown = "";
      const err = (text: string) => {
        shown += text;
      };
      const answer = askedSecretly({ stdin, err }, "Password: ");
      for (const key of keys) type(key);
      assert.equal(await answer, typed);
      assert.equal(shown, "Password: \n");
      assert.deepEqual(modes, [true, false]);
    });
  }

  it("is broken off by Ctrl-C, and the terminal echoes again", async () => {
    const { stdin, type, modes } = aTerminal();
    const answer = askedSecretly({ stdin, err: () => undefined }, "Password: ");
    type("abc\u0003");
    await assert.rejects(answer, UsageError);
    assert.deepEqual(modes, [true, false]);
  });
});

describe("a password that is piped in", () => {
  for (const { given, text, line } of [
    { given: "a line", text: "secret\n", line: "secret" },
    { given: "a line of Windows", text: "secret\r\nmore", line: "secret" },
    { given: "no end of line", text: "secret ", line: "secret " },
    { given: "nothing", text: "", line: "" },
  ]) {
    it(`is the first line of ${given}`, async () => {
      const { stdin, type } = aTerminal();
      if (text !== "") type(text);
      (stdin as unknown as PassThrough).end();
      assert.equal(await firstLine(stdin), line);
    });
  }
});
