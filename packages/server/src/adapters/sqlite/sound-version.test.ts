import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { requireSoundVersion } from "./sound-version.ts";

describe("a version of SQLite", () => {
  for (const version of ["3.51.3", "3.51.10", "3.53.0", "4.0.0", process.versions.sqlite ?? ""]) {
    it(`${version} is sound`, () => requireSoundVersion(version));
  }

  for (const version of ["3.51.2", "3.50.4", "3.7.0", "2.99.99", "3.51", "", "unknown"]) {
    it(`${version || "without a number"} is refused, with what to change`, () => {
      assert.throws(() => requireSoundVersion(version), /needs SQLite 3\.51\.3 or later/);
    });
  }
});
