import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countFault } from "./test-count.ts";

describe("the count of tests", () => {
  const good = { tests: 10, skipped: 0, todo: 0, cancelled: 0 };
  for (const { given, counts, fault } of [
    { given: "as many as committed", counts: good, fault: undefined },
    { given: "more than committed", counts: { ...good, tests: 11 }, fault: undefined },
    { given: "fewer than committed", counts: { ...good, tests: 9 }, fault: /9 tests ran, 10 are committed/ },
    { given: "none at all", counts: { ...good, tests: 0 }, fault: /0 tests ran/ },
    { given: "a skipped test", counts: { ...good, tests: 20, skipped: 1 }, fault: /skipped/ },
    { given: "a test marked as to do", counts: { ...good, todo: 1 }, fault: /todo/ },
    { given: "a cancelled test", counts: { ...good, cancelled: 1 }, fault: /cancelled/ },
    { given: "no summary", counts: undefined, fault: /no summary/ },
  ]) {
    it(`${fault ? "refuses" : "takes"} ${given}`, () => {
      const found = countFault(counts, 10);
      if (fault) assert.match(found ?? "", fault);
      else assert.equal(found, undefined);
    });
  }
});
