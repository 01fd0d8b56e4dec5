import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { spec } from "../testing/spec.ts";
import { AMachine, type Answer, type Token } from "./testing/a-machine.ts";
import { seeded } from "./testing/seeded.ts";

const day = 86_400;
const windows = { grace: 120, unusedSuccessor: 7 * day, lateAnswers: 10, lateWindow: day };
const start = 1_000_000_000;

/** Someone who keeps one refresh token and refreshes with it. */
class Holder {
  readonly #machine: AMachine;
  token: Token;

  constructor(machine: AMachine, token: Token) {
    this.#machine = machine;
    this.token = token;
  }
  refresh(at: number): Answer["kind"] {
    const answer = this.#machine.refresh(this.token, at);
    if (answer.kind === "tokens") this.token = answer.token;
    return answer.kind;
  }
}

function ownerAndThief() {
  const machine = new AMachine(windows, start);
  const owner = new Holder(machine, machine.first);
  return { machine, owner, thief: new Holder(machine, machine.first) };
}

/** Later than the grace, up to as long as a token may lie unused. */
const late = fc.oneof(
  fc.integer({ min: 121, max: 3_600 }),
  fc.integer({ min: 121, max: 2 * day }),
  fc.integer({ min: 121, max: 6 * day }),
);

describe("a device whose processes share what they keep", () => {
  /** One round: how long after the last, how many processes ask, how many of those die before the answer comes. */
  const round = fc.record({
    wait: fc.oneof(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 3 * day })),
    reads: fc.array(fc.nat(119), { minLength: 1, maxLength: 12 }),
    killed: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(12) }),
  });

  spec(["P-2", "CL-06"], "is never refused, whoever comes first, twice, late or dies", (context) => {
    const property = fc.property(fc.array(round, { minLength: 1, maxLength: 60 }), (rounds) => {
      const machine = new AMachine(windows, start);
      let [kept, now, deaths]: [Token, number, number] = [machine.first, start, 0];
      for (const { wait, reads, killed } of rounds) {
        now += wait;
        const [inHand, asking] = [kept, [...reads].sort((a, b) => a - b)];
        // All of a round hold the same token; at most eight rounds lose every answer, within the budget of ten.
        const dying =
          killed >= asking.length && deaths < 8 ? asking.length : Math.min(killed, asking.length - 1);
        deaths += dying === asking.length ? 1 : 0;
        for (const [index, after] of asking.entries()) {
          const answer = machine.refresh(inHand, now + after);
          assert.equal(answer.kind, "tokens", `process ${index} at ${now + after - start}`);
          if (answer.kind === "tokens" && index >= dying) kept = answer.token;
        }
        now += 119;
      }
    });
    fc.assert(property, seeded(context, 2_000));
  });

  spec("P-2", "gets one token from a round, however many ask", (context) => {
    const property = fc.property(fc.array(fc.nat(120), { minLength: 2, maxLength: 20 }), (reads) => {
      const { machine } = ownerAndThief();
      const answers = [...reads]
        .sort((a, b) => a - b)
        .map((after, _, all) => machine.refresh(machine.first, start + after - (all[0] ?? 0)));
      assert.equal(new Set(answers.map((one) => JSON.stringify(one.kind === "tokens" && one.token))).size, 1);
      assert.equal(machine.row.generation, 2);
    });
    fc.assert(property, seeded(context, 1_000));
  });
});

describe("a stolen token", () => {
  const turn = fc.record({ first: fc.constantFrom("owner", "thief"), wait: late, apart: late });

  for (const { told, who } of [
    { told: "always used second", who: () => "owner" },
    { told: "always used first", who: () => "thief" },
    { told: "used first and second in any order", who: (first: string) => first },
  ]) {
    spec(
      ["P-2", "O21-AS-29", "MCP-AS-18"],
      `that is ${told}, more than the grace apart, ends within eleven refreshes, however seldom`,
      (context) => {
        const property = fc.property(fc.array(turn, { minLength: 11, maxLength: 11 }), (turns) => {
          const { machine, owner, thief } = ownerAndThief();
          let now = start;
          for (const { first, wait, apart } of turns) {
            now += wait;
            const [one, other] = who(first) === "owner" ? [owner, thief] : [thief, owner];
            if (one.refresh(now) !== "tokens") break;
            now += apart;
            if (other.refresh(now) !== "tokens") break;
          }
          assert.notEqual(machine.row.endedAt, null, "Nobody saw the thief.");
          for (const holder of [owner, thief]) assert.equal(holder.refresh(now), "ended");
        });
        fc.assert(property, seeded(context, 1_000));
      },
    );
  }

  spec(["P-2", "O21-AS-29"], "that got ahead is seen when the owner comes back", (context) => {
    const ahead = fc.record({ paces: fc.array(late, { minLength: 2, maxLength: 20 }), back: late });
    const property = fc.property(ahead, ({ paces, back }) => {
      const { owner, thief } = ownerAndThief();
      let now = start;
      for (const pace of paces) {
        now += pace;
        assert.equal(thief.refresh(now), "tokens");
      }
      assert.equal(owner.refresh(now + back), "replayed");
      assert.equal(thief.refresh(now + back), "ended");
    });
    fc.assert(property, seeded(context, 1_000));
  });

  spec(["P-2", "O21-AS-29"], "that lay while the owner went on is dead, and ends the lineage", (context) => {
    const property = fc.property(fc.array(late, { minLength: 2, maxLength: 20 }), late, (paces, back) => {
      const { owner, thief } = ownerAndThief();
      let now = start;
      for (const pace of paces) {
        now += pace;
        assert.equal(owner.refresh(now), "tokens");
      }
      assert.equal(thief.refresh(now + back), "replayed");
      assert.equal(owner.refresh(now + back), "ended");
    });
    fc.assert(property, seeded(context, 1_000));
  });

  /** What no server can tell from two processes of one device: docs/decisions/0003-refresh-tokens.md says so. */
  spec(
    "P-2",
    "used within the grace of the owner each time is given what the owner is given, and no more",
    () => {
      const { machine, owner, thief } = ownerAndThief();
      for (let turn = 0; turn < 100; turn++) {
        const now = start + turn * 600;
        assert.equal(owner.refresh(now), "tokens");
        assert.equal(thief.refresh(now + 119), "tokens");
        assert.deepEqual(thief.token, owner.token);
      }
      assert.equal(machine.row.generation, 101);
      const { grace: _, ...others } = windows;
      const strict = new AMachine({ ...others, grace: 0, lateAnswers: 0 }, start);
      assert.equal(strict.refresh(strict.first, start).kind, "tokens");
      assert.equal(strict.refresh(strict.first, start + 1).kind, "replayed");
    },
  );
});
