import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Lineage } from "../records/lineage.ts";
import { countedLate, judgeGeneration, rotated } from "./rotation.ts";

const day = 86_400;
const windows = { grace: 120, unusedSuccessor: 7 * day, lateAnswers: 2, lateWindow: day, idle: 30 * day };
const now = 1_000_000;

const late = (...at: number[]) => at.map((one) => ({ generation: 4, at: one }));

function row(about: Partial<Lineage> = {}): Lineage {
  return {
    generation: 5,
    keyId: "aaaaaaaa",
    previousKeyId: "bbbbbbbb",
    rotatedAt: now,
    superseded: [],
    lateAnswers: [],
    lastUsedAt: now - 1,
    idleExpiresAt: now + day,
    absoluteExpiresAt: now + 180 * day,
    ...about,
  } as Lineage;
}

describe("the judgement of a generation", () => {
  const superseded = [
    { generation: 3, at: now - 120 },
    { generation: 2, at: now - 121 },
  ];
  for (const { given, presented, about = {}, verdict } of [
    { given: "the current one", presented: 5, verdict: "rotate" },
    { given: "one ahead", presented: 6, verdict: "restore" },
    { given: "one far ahead", presented: 500, verdict: "restore" },
    { given: "the predecessor at once", presented: 4, verdict: "repeat" },
    {
      given: "the predecessor at the end of the grace",
      presented: 4,
      about: { rotatedAt: now - 120 },
      verdict: "repeat",
    },
    {
      given: "the predecessor after the grace",
      presented: 4,
      about: { rotatedAt: now - 121 },
      verdict: "repeat-late",
    },
    {
      given: "the predecessor after a week",
      presented: 4,
      about: { rotatedAt: now - 7 * day },
      verdict: "repeat-late",
    },
    {
      given: "the predecessor after more than a week",
      presented: 4,
      about: { rotatedAt: now - 7 * day - 1 },
      verdict: "replay",
    },
    {
      given: "the predecessor with the budget spent",
      presented: 4,
      about: { rotatedAt: now - 200, lateAnswers: late(now - 160, now - 130) },
      verdict: "replay",
    },
    {
      given: "the predecessor with a budget of the day before",
      presented: 4,
      about: {
        rotatedAt: now - 2 * day,
        lateAnswers: [
          { generation: 2, at: now - day },
          { generation: 2, at: now - day - 1 },
        ],
      },
      verdict: "repeat-late",
    },
    {
      given: "the predecessor within the grace whatever the budget",
      presented: 4,
      about: { rotatedAt: now - 1, lateAnswers: late(now - 3, now - 2) },
      verdict: "repeat",
    },
    {
      given: "a superseded one at the end of its grace",
      presented: 3,
      about: { superseded },
      verdict: "repeat",
    },
    { given: "a superseded one after its grace", presented: 2, about: { superseded }, verdict: "replay" },
    { given: "one that the row has forgotten", presented: 1, about: { superseded }, verdict: "replay" },
    { given: "the zeroth", presented: 0, verdict: "replay" },
  ]) {
    it(`of ${given} is ${verdict}`, () => {
      assert.equal(judgeGeneration(row(about), presented, windows, now).verdict, verdict);
    });
  }

  it("counts a late answer beside those of the last day", () => {
    const old = { generation: 1, at: now - day };
    const young = { generation: 1, at: now - day + 1 };
    const judgement = judgeGeneration(
      row({ rotatedAt: now - 200, lateAnswers: [old, young] }),
      4,
      windows,
      now,
    );
    assert.deepEqual(judgement, { verdict: "repeat-late", lateAnswers: [young, { generation: 4, at: now }] });
  });

  it("counts a burst of late answers once, and the next burst anew", () => {
    for (const { age, lateAnswers } of [
      { age: 0, lateAnswers: null },
      { age: 120, lateAnswers: null },
      { age: 121, lateAnswers: late(now - 121, now) },
    ]) {
      const before = row({ rotatedAt: now - 500, lateAnswers: late(now - age) });
      assert.deepEqual(judgeGeneration(before, 4, windows, now), { verdict: "repeat-late", lateAnswers });
    }
  });

  it("takes the burst of another generation for no excuse", () => {
    const before = row({ rotatedAt: now - 121, lateAnswers: [{ generation: 3, at: now - 120 }] });
    assert.deepEqual(judgeGeneration(before, 4, windows, now), {
      verdict: "repeat-late",
      lateAnswers: [...before.lateAnswers, { generation: 4, at: now }],
    });
  });

  for (const { given, generations, verdict } of [
    { given: "an unbroken row of generations, however seldom", generations: [2, 3], verdict: "replay" },
    { given: "generations with one between that needed none", generations: [1, 3], verdict: "repeat-late" },
    { given: "a row that was broken since", generations: [1, 2], verdict: "repeat-late" },
  ]) {
    it(`of a predecessor after late answers to ${given} is ${verdict}`, () => {
      const lateAnswers = generations.map((generation) => ({
        generation,
        at: now - (10 - generation) * 5 * day,
      }));
      const before = row({ rotatedAt: now - 5 * day, lateAnswers });
      assert.equal(judgeGeneration(before, 4, windows, now).verdict, verdict);
    });
  }
});

describe("the row after a rotation", () => {
  it("is one generation on, remembers the key before, and when its last but one was superseded", () => {
    const after = rotated(
      row({ superseded: [{ generation: 3, at: now - 10 }] }),
      { generation: 5, keyId: "dddddddd" },
      "cccccccc",
      windows,
      now,
    );
    assert.deepEqual(after, {
      generation: 6,
      keyId: "cccccccc",
      previousKeyId: "aaaaaaaa",
      rotatedAt: now,
      superseded: [
        { generation: 4, at: now },
        { generation: 3, at: now - 10 },
      ],
      lateAnswers: [],
      lastUsedAt: now,
      idleExpiresAt: now + 30 * day,
    });
  });

  it("supersedes nothing at the first rotation", () => {
    assert.deepEqual(
      rotated(row({ generation: 1 }), { generation: 1, keyId: "dddddddd" }, "cccccccc", windows, now)
        .superseded,
      [],
    );
  });

  it("judges as a full memory would, but for one slot of the grace, and stays small however fast it moves", () => {
    for (const pace of [0, 1, 3, 7, 40, 200]) {
      const supersededAt = new Map<number, number>();
      let lineage = row({ generation: 1, rotatedAt: now });
      let time = now;
      for (let used = 1; used < 400; used++) {
        time += pace === 3 ? used % 4 : pace;
        if (used > 1) supersededAt.set(used - 1, time);
        lineage = {
          ...lineage,
          ...rotated(lineage, { generation: used, keyId: "dddddddd" }, "cccccccc", windows, time),
        };
        assert.ok(lineage.superseded.length <= 18, `${lineage.superseded.length} entries at pace ${pace}`);
      }
      for (const later of [0, 60, 119, 120, 121, 128, 129, 500]) {
        for (const [generation, at] of supersededAt) {
          const { verdict } = judgeGeneration(lineage, generation, windows, time + later);
          const age = time + later - at;
          if (age <= windows.grace) assert.equal(verdict, "repeat", `pace ${pace}, age ${age}`);
          if (age > windows.grace + 8) assert.equal(verdict, "replay", `pace ${pace}, age ${age}`);
        }
      }
    }
  });

  it("keeps what is outside the grace outside, though the grace is set longer later", () => {
    const before = row({
      superseded: [
        { generation: 3, at: now - 120 },
        { generation: 2, at: now - 121 },
        { generation: 1, at: now - 130 },
      ],
    });
    const used = { generation: 5, keyId: "dddddddd" };
    const after = row({ ...before, ...rotated(before, used, "cccccccc", windows, now) });
    const longer = { ...windows, grace: 86_400 };
    const verdicts = [5, 4, 3, 2, 1].map((one) => judgeGeneration(after, one, longer, now).verdict);
    assert.deepEqual(verdicts, ["repeat", "repeat", "repeat", "replay", "replay"]);
  });

  for (const { given, about } of [
    { given: "its week was over", about: { rotatedAt: now - 7 * day - 1 } },
    {
      given: "its budget was spent",
      about: { rotatedAt: now - 500, lateAnswers: late(now - 300, now - 150) },
    },
  ]) {
    it(`gives a predecessor no new grace when ${given}`, () => {
      const before = row({ ...about, superseded: [{ generation: 3, at: now - 10 }] });
      const used = { generation: 5, keyId: "dddddddd" };
      const after = row({ ...before, ...rotated(before, used, "cccccccc", windows, now) });
      for (const old of [4, 3]) assert.equal(judgeGeneration(after, old, windows, now).verdict, "replay");
      assert.equal(judgeGeneration(after, 5, windows, now).verdict, "repeat");
    });
  }

  it("forgets the late answers that count no more, and keeps those of an unbroken row", () => {
    const answers = [1, 3, 4].map((generation) => ({ generation, at: now - 2 * day }));
    const kept = (lateAnswers: typeof answers) =>
      rotated(row({ lateAnswers }), { generation: 5, keyId: "dddddddd" }, "cccccccc", windows, now)
        .lateAnswers;
    assert.deepEqual(kept(answers), answers.slice(1));
    assert.deepEqual(kept(answers.slice(0, 2)), []);
  });

  it("never outlives the absolute end", () => {
    const after = rotated(
      row({ absoluteExpiresAt: now + 5 }),
      { generation: 5, keyId: "dddddddd" },
      "cccccccc",
      windows,
      now,
    );
    assert.equal(after.idleExpiresAt, now + 5);
  });

  it("that was behind its token stands beyond it, with every older one outside its window", () => {
    const after = rotated(
      row({ superseded: [{ generation: 3, at: now }] }),
      { generation: 9, keyId: "dddddddd" },
      "cccccccc",
      windows,
      now,
    );
    assert.deepEqual([after.generation, after.keyId, after.previousKeyId], [10, "cccccccc", "dddddddd"]);
    const moved = row(after);
    assert.equal(judgeGeneration(moved, 9, windows, now).verdict, "repeat");
    assert.equal(judgeGeneration(moved, 8, windows, now).verdict, "replay");
    assert.equal(judgeGeneration(moved, 4, windows, now).verdict, "replay");
    const next = row({
      ...moved,
      ...rotated(moved, { generation: 10, keyId: "dddddddd" }, "cccccccc", windows, now),
    });
    assert.equal(judgeGeneration(next, 9, windows, now).verdict, "repeat");
    assert.equal(judgeGeneration(next, 8, windows, now).verdict, "replay");
  });

  it("moves nowhere for a late answer, which is only counted", () => {
    const before = row();
    const { lateAnswers, ...rest } = countedLate(before, late(now));
    assert.deepEqual(lateAnswers, late(now));
    assert.deepEqual({ ...before, ...rest }, before);
  });
});
