import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { type Deed, keepActivity } from "./activity.ts";

const deed: Deed = { at: 1, subject: "ada", actors: [], did: "ask", detail: "größer", outcome: "begun" };

it("what was done is there at the next start, though the last line is torn", () => {
  const folder = mkdtempSync(join(tmpdir(), "lantern-activity-"));
  const file = join(folder, "deep", "activity.jsonl");
  try {
    const first = keepActivity(file);
    first.end(first.add(deed), "größer, done", "done");
    const whole = readFileSync(file, "utf8");
    appendFileSync(file, '{"at":2,"subject":"to');

    const second = keepActivity(file);
    assert.deepEqual(second.newest(9), [{ ...deed, detail: "größer, done", outcome: "done", number: 1 }]);
    assert.equal(second.add({ ...deed, at: 3 }), 2);
    assert.ok(readFileSync(file, "utf8").startsWith(`${whole}{"at":3,`));
    assert.equal(keepActivity(file).newest(1)[0]?.at, 3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
