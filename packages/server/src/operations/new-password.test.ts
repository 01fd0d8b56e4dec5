import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Breaches } from "../ports/breaches.ts";
import type { Estimate, Strength } from "../ports/strength.ts";
import { spec } from "../testing/spec.ts";
import { judgeNewPassword, type PasswordFault, passwordFaultText } from "./new-password.ts";

const owner = { email: "ada.lovelace@engine.example", name: "Ada King", productName: "Valetkey" };
const strong: Estimate = { score: 4, because: null };

function judges(estimate: Estimate | "unknown", seen: number | "unknown") {
  const asked: { about: readonly string[]; lookedUp: string[] } = { about: [], lookedUp: [] };
  const strength: Strength = {
    estimate: async (_, about) => {
      asked.about = about;
      return estimate;
    },
  };
  const breaches: Breaches = {
    timesSeen: async (password) => {
      asked.lookedUp.push(password);
      return seen;
    },
  };
  return { strength, breaches, asked };
}

describe("a new password", () => {
  for (const {
    given,
    password = "a long password",
    estimate = strong,
    seen = 0,
    fault,
    score,
    isUnchecked,
  } of [
    { given: "eleven characters", password: "elevenchars", fault: { kind: "too-short" }, score: 0 },
    { given: "twelve characters", password: "twelve chars", fault: null, score: 4 },
    {
      given: "six signs of two halves each",
      password: "😀😀😀😀😀😀",
      fault: { kind: "too-short" },
      score: 0,
    },
    { given: "one sign that unfolds into many", password: "ﷺ", fault: { kind: "too-short" }, score: 0 },
    { given: "1024 bytes", password: "é".repeat(512), fault: null, score: 4 },
    { given: "1025 bytes", password: `é${"x".repeat(1023)}`, fault: { kind: "too-long" }, score: 0 },
    {
      given: "what unfolds beyond 1024 bytes",
      password: "ﷺ".repeat(60),
      fault: { kind: "too-long" },
      score: 0,
    },
    {
      given: "a score of 1",
      estimate: { score: 1, because: "row" },
      fault: { kind: "weak", because: "row" },
      score: 1,
    },
    {
      given: "a score of 1 for no reason",
      estimate: { score: 1, because: null },
      fault: { kind: "weak", because: "short" },
      score: 1,
    },
    { given: "a score of 2", estimate: { score: 2, because: "row" }, fault: null, score: 2 },
    { given: "a strength that nobody judged", estimate: "unknown", fault: null, score: "unknown" },
    { given: "a leak", seen: 1, fault: { kind: "leaked" }, score: 4 },
    { given: "leaks that could not be asked for", seen: "unknown", fault: null, score: 4, isUnchecked: true },
  ] as {
    given: string;
    password?: string;
    estimate?: Estimate | "unknown";
    seen?: number | "unknown";
    fault: PasswordFault | null;
    score: number | "unknown";
    isUnchecked?: boolean;
  }[]) {
    spec("I6-PASSWORD", `with ${given} is ${fault ? `refused: ${fault.kind}` : "taken"}`, async () => {
      const verdict = await judgeNewPassword(judges(estimate, seen), password, owner);
      assert.deepEqual(verdict, { fault, score, isUnchecked: isUnchecked ?? false });
      if (fault) assert.ok(!passwordFaultText(fault).includes(password));
    });
  }

  it("is judged by what a stranger knows of its owner", async () => {
    const { asked, ...ports } = judges(strong, 0);
    await judgeNewPassword(ports, "a long password", owner);
    assert.deepEqual(asked.about, [
      "ada.lovelace@engine.example",
      "ada.lovelace",
      "engine.example",
      "engine",
      "ada",
      "lovelace",
      "Ada King",
      "Ada",
      "King",
      "Valetkey",
    ]);
  });

  it("is not looked up anywhere when it is refused anyway", async () => {
    for (const estimate of [{ score: 1, because: "common" }] as const) {
      const { asked, ...ports } = judges(estimate, 5);
      await judgeNewPassword(ports, "a long password", owner);
      await judgeNewPassword(ports, "short", owner);
      assert.deepEqual(asked.lookedUp, []);
    }
  });
});
