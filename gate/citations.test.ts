import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { citationsIn } from "./citations.ts";

describe("citations", () => {
  for (const { given, text, ids } of [
    { given: "a spec with one id", text: `spec("CL-01", "x", f)`, ids: ["CL-01"] },
    {
      given: "a spec over several lines",
      text: `spec(\n  ["CL-01", "P-1"],\n  "x", f)`,
      ids: ["CL-01", "P-1"],
    },
    {
      given: "a name that begins with ids",
      text: `it("[O21-AS-06 CL-02] y", f)`,
      ids: ["O21-AS-06", "CL-02"],
    },
    { given: "a name in a template", text: "it(`[O21-AS-06] refuses this`, f)", ids: ["O21-AS-06"] },
    { given: "a name with ids and commas", text: `test('[A-1, B-2] y', f)`, ids: ["A-1", "B-2"] },
    {
      given: "an id with a letter in its number",
      text: `it("[O21-AS-31-BOUND] y", f)`,
      ids: ["O21-AS-31-BOUND"],
    },
    { given: "brackets that hold no id", text: `it("[::1] is loopback", f)`, ids: [] },
    { given: "ids inside the sentence", text: `it("obeys [CL-01]", f)`, ids: [] },
    { given: "a describe", text: `describe("[CL-01] z", f)`, ids: [] },
    { given: "another function", text: `submit("[CL-01] z", f)`, ids: [] },
  ]) {
    it(`reads ${given}`, () => {
      assert.deepEqual(
        citationsIn(text, "a.test.ts").map((citation) => citation.id),
        ids,
      );
    });
  }

  it("tells the line", () => {
    assert.equal(citationsIn(`\n\nit("[CL-01] y", f)`, "a.test.ts")[0]?.line, 3);
  });
});
