import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusals } from "@valetkey/protocol/refusals";
import type { TraceStep } from "../records/trace-step.ts";
import { columnsOf } from "./table.ts";
import { handshakeText, inkOf, stepText } from "./trace-text.ts";

const plain = inkOf(false, {});
const step: TraceStep = {
  at: 1_800_000_000,
  step: "token",
  outcome: "refused",
  says: "Refused.",
  refusal: "code.replayed",
  clientId: "app",
  address: "192.0.2.1",
  userAgent: "Example/1",
};

describe("a step as text", () => {
  it("tells time, outcome and words, and under a refusal what to change and who asked", () => {
    assert.equal(
      stepText(step, plain),
      `  08:00:00  token          refused  Refused.\n            -> ${refusals["code.replayed"].mend}\n            [code.replayed] 192.0.2.1  Example/1\n`,
    );
  });

  it("says nothing about a refusal of a newer program but its word", () => {
    assert.match(stepText({ ...step, refusal: "constructor" }, plain), /\n {12}\[constructor\] 192/);
  });

  it("keeps a stranger's controls and marks of direction out, in every place", () => {
    const bad = "a\u001b[2Jb\nc\r\u009bd\u202ee\u2028f";
    const text = [
      handshakeText(
        { clientId: bad, began: 0, steps: [{ ...step, step: bad, says: bad, address: bad, userAgent: bad }] },
        plain,
        bad,
      ),
      columnsOf([[bad, bad]]),
    ].join("");
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Zl}\u202e]/u);
    assert.equal(text.split("\n").length, 5, "no line that we did not begin");
    assert.ok(text.includes("a?[2Jb?c??d?e?f"));
  });
});

describe("colours", () => {
  for (const { given, isTerminal, env, coloured } of [
    { given: "a terminal", isTerminal: true, env: {}, coloured: true },
    { given: "a terminal with an empty NO_COLOR", isTerminal: true, env: { NO_COLOR: "" }, coloured: true },
    { given: "a terminal with NO_COLOR", isTerminal: true, env: { NO_COLOR: "1" }, coloured: false },
    { given: "a dumb terminal", isTerminal: true, env: { TERM: "dumb" }, coloured: false },
    { given: "a pipe", isTerminal: false, env: {}, coloured: false },
  ]) {
    it(`${coloured ? "stand" : "are left out"} on ${given}`, () => {
      assert.equal(stepText(step, inkOf(isTerminal, env)).includes("\u001b[31m"), coloured);
    });
  }
});
