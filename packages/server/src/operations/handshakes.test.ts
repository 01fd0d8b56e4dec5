import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TraceStep } from "../records/trace-step.ts";
import { handshakes, longestPause, newSteps } from "./handshakes.ts";

/** "second step client address"; a dash stands for no client. */
function steps(...lines: readonly string[]): readonly TraceStep[] {
  return lines
    .map((line) => {
      const [at = "", step = "", client = "-", address = "A"] = line.split(" ");
      return {
        ...{ at: Number(at), step, outcome: "done" as const, says: "", address, userAgent: "" },
        ...(client === "-" ? {} : { clientId: client }),
      };
    })
    .toReversed();
}

const table: readonly {
  given: string;
  lines: readonly string[];
  told: readonly (readonly [string | null, string])[];
}[] = [
  { given: "nothing", lines: [], told: [] },
  {
    given: "one client from its first look at the documents to its token",
    lines: ["1 discovery -", "2 registration c", "3 authorization c B", "9 sign-in c B", "12 token c"],
    told: [["c", "discovery registration authorization sign-in token"]],
  },
  {
    given: "a client that comes back after less than the longest pause",
    lines: ["1 token c", `${1 + longestPause} token c`],
    told: [["c", "token token"]],
  },
  {
    given: "a client that comes back after more: two handshakes, the newest first",
    lines: ["1 authorization c", `${2 + longestPause} token c`],
    told: [
      ["c", "token"],
      ["c", "authorization"],
    ],
  },
  {
    given: "two clients at once from one address",
    lines: ["1 authorization c", "2 authorization d", "3 token c", "4 token d"],
    told: [
      ["d", "authorization token"],
      ["c", "authorization token"],
    ],
  },
  {
    given: "documents that another address asked for",
    lines: ["1 discovery - B", "2 token c A"],
    told: [
      ["c", "token"],
      [null, "discovery"],
    ],
  },
  {
    given: "documents that were asked for too long before",
    lines: ["1 discovery -", `${2 + longestPause} token c`],
    told: [
      ["c", "token"],
      [null, "discovery"],
    ],
  },
  {
    given: "nobody but strangers, by address",
    lines: ["1 discovery - A", "2 discovery - B", "3 registration - A"],
    told: [
      [null, "discovery registration"],
      [null, "discovery"],
    ],
  },
  {
    given: "a client that looks at the documents again between its steps",
    lines: ["1 registration c", "2 discovery -", "3 token c"],
    told: [["c", "registration discovery token"]],
  },
  {
    given: "a browser elsewhere and a program here, by the client that both name",
    lines: ["1 discovery - A", "2 authorization c B", "3 token c A"],
    told: [["c", "discovery authorization token"]],
  },
  {
    given: "a refused registration that is tried again",
    lines: ["1 registration -", "2 registration c"],
    told: [["c", "registration registration"]],
  },
  {
    given: "handshakes of one second, by their last step",
    lines: ["1 token c", "1 token d", "1 token e"],
    told: [
      ["e", "token"],
      ["d", "token"],
      ["c", "token"],
    ],
  },
];

describe("handshakes", () => {
  for (const { given, lines, told } of table) {
    it(`groups ${given}`, () => {
      const found = handshakes(steps(...lines));
      assert.deepEqual(
        found.map((one) => [one.clientId, one.steps.map(({ step }) => step).join(" ")]),
        told,
      );
      for (const { began, steps } of found) assert.equal(began, steps[0]?.at);
    });
  }

  it("neither loses nor doubles a step, whatever the order of clients and addresses", () => {
    const lines = Array.from(
      { length: 500 },
      (_, n) => `${n * 97} s${n} ${["-", "c", "d"][n % 3]} ${["A", "B"][(n >> 2) % 2]}`,
    );
    const all = handshakes(steps(...lines)).flatMap((one) => one.steps.map(({ step }) => step));
    assert.equal(all.length, 500);
    assert.equal(new Set(all).size, 500);
  });
});

describe("new steps", () => {
  for (const { given, before, now, fresh } of [
    { given: "nothing in two empty traces", before: [], now: [], fresh: 0 },
    { given: "everything where there was nothing", before: [], now: ["1 a", "2 b"], fresh: 2 },
    { given: "nothing where nothing came", before: ["1 a", "2 b"], now: ["1 a", "2 b"], fresh: 0 },
    { given: "what came last", before: ["1 a"], now: ["1 a", "2 b", "3 c"], fresh: 2 },
    { given: "a step like the one before it", before: ["1 a"], now: ["1 a", "1 a"], fresh: 1 },
    {
      given: "what came while old steps were trimmed",
      before: ["1 a", "2 b"],
      now: ["2 b", "3 c"],
      fresh: 1,
    },
    { given: "all when nothing of before is left", before: ["1 a"], now: ["5 e", "6 f"], fresh: 2 },
  ]) {
    it(`are ${given}`, () => {
      assert.equal(newSteps(steps(...before), steps(...now)).length, fresh);
    });
  }
});
