import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { faultLine } from "./fault.ts";
import { loadRules } from "./load.ts";

const page = readFileSync(join(import.meta.dirname, "../../../../docs/operate/protect-upstream.md"), "utf8");
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? "");

describe("the page for operators", () => {
  it("shows rules that load", () => {
    assert.equal(examples.length, 4);
    for (const text of examples) {
      const loaded = loadRules(text, {
        env: { MODELS_API_KEY: "x", GATEWAY_SECRET: "y" },
        readFile: () => "",
      });
      assert.deepEqual("faults" in loaded ? loaded.faults.map(faultLine) : [], []);
    }
  });
});
