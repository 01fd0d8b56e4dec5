import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { holdFolder } from "./holding.ts";

describe("a folder for the data", () => {
  const folder = mkdtempSync(join(tmpdir(), "example-holding-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const other = "Another Lantern";

  it("is made for its user alone, and held until it is let go", () => {
    const mine = join(folder, "mine");
    const held = holdFolder(mine, other);
    assert.equal(statSync(mine).mode & 0o777, 0o700);
    assert.throws(() => holdFolder(mine, other), {
      message: `Another Lantern runs on ${mine}. Stop that one first, or give this one a folder of its own.`,
      exitCode: 2,
    });
    held.close();
    holdFolder(mine, other).close();
  });

  it("that cannot be used is told from one that another uses", () => {
    const broken = join(folder, "broken");
    const foreign = join(folder, "foreign");
    mkdirSync(join(foreign, "held.sqlite"), { recursive: true });
    mkdirSync(broken);
    writeFileSync(join(broken, "held.sqlite"), "no database".repeat(100));
    for (const one of [broken, foreign]) {
      assert.throws(() => holdFolder(one, other), {
        message: /held\.sqlite cannot be used \(.+\)\. Give this one a folder of its own\.$/,
        exitCode: 2,
      });
    }
  });

  it("that can be none is named", () => {
    assert.throws(() => holdFolder("/dev/null/x", other), {
      message: "/dev/null/x can be no folder for the data (ENOTDIR).",
      exitCode: 2,
    });
  });
});
