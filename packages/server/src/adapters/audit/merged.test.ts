import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TraceStep } from "../../records/trace-step.ts";
import { merged } from "./merged.ts";

const step = (about: Partial<TraceStep>): TraceStep => ({
  ...{ at: 1, step: "token", outcome: "done", says: "A machine got a token.", clientId: "job" },
  ...{ address: "203.0.113.9", userAgent: "node" },
  ...about,
});

describe("steps of a trace that are written together", () => {
  it("become one with its number where they say the same, at the time of the last", () => {
    const all = [step({}), step({ at: 2 }), step({ clientId: "other" }), step({ at: 3 })];
    assert.deepEqual(merged(all), [
      step({ at: 3, says: "A machine got a token. (3 times)" }),
      step({ clientId: "other" }),
    ]);
  });

  it("stay apart where the same caller did something else in between", () => {
    const all = [step({}), step({ step: "revocation" }), step({})];
    assert.deepEqual(merged(all), all);
  });

  for (const about of [
    { clientId: "b" },
    { address: "203.0.113.10" },
    { userAgent: "curl" },
    { outcome: "refused", refusal: "code.unknown" },
    { says: "Another." },
    { step: "refresh" },
  ] as const) {
    it(`stay apart where they differ in ${Object.keys(about).join(" and ")}`, () => {
      assert.deepEqual(merged([step({}), step(about)]), [step({}), step(about)]);
    });
  }
});
