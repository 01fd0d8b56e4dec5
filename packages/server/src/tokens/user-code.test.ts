import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spec } from "../testing/spec.ts";
import { newUserCode, readUserCode, shownUserCode } from "./user-code.ts";

describe("user codes", () => {
  spec(["DEV-01", "XD-02"], "are of eight consonants, each as likely as every other, and hardly meet", () => {
    const codes = Array.from({ length: 20_000 }, newUserCode);
    const counts = new Map<string, number>();
    for (const code of codes) {
      assert.match(code, /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
      for (const letter of code) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    assert.equal(counts.size, 20);
    // 8000 expected of each, with a deviation of 87: six of them are never seen.
    for (const [letter, number] of counts) assert.ok(Math.abs(number - 8_000) < 530, `${letter} ${number}`);
    assert.ok(new Set(codes).size >= codes.length - 1);
  });

  it("are shown in two groups", () => assert.equal(shownUserCode("BCDFGHJK"), "BCDF-GHJK"));

  for (const typed of [
    "BCDF-GHJK",
    "bcdf-ghjk",
    "bcdfghjk",
    " bcdf ghjk ",
    "b c d f g h j k",
    "BCDF\u2013GHJK",
    "BCDF\u00a0GHJK",
    "\u200bBCDF\u200bGHJK",
    "bcdf.ghjk",
    "BCDF_GHJK",
    "\uff22\uff23\uff24\uff26\uff0d\uff27\uff28\uff2a\uff2b",
    "8CDF-6HJK",
  ]) {
    it(`are read from ${JSON.stringify(typed)}`, () => assert.equal(readUserCode(typed), "BCDFGHJK"));
  }

  for (const typed of [
    "",
    "BCDF-GHJ",
    "BCDF-GHJKL",
    "ACDF-GHJK",
    "BCDF-GHJ1",
    "BCDF-GHJ+",
    "BCDF<GHJK",
    "vkd_BCDFGHJK",
    "B".repeat(9_000),
    "-".repeat(65),
    "ΒCDF-GHJK",
  ]) {
    it(`are not read from ${JSON.stringify(typed.slice(0, 20))} of ${typed.length} characters`, () =>
      assert.equal(readUserCode(typed), undefined));
  }
});
