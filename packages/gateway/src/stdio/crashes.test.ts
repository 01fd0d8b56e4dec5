import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Crashes } from "./crashes.ts";

describe("crashes", () => {
  it("let a process start again at once after the first, and ever later after those that follow", () => {
    const crashes = new Crashes();
    const waits: number[] = [];
    for (let at = 0; at < 9; at++) {
      crashes.note("a", 1_000, 1_000);
      waits.push(crashes.wait("a", 1_000));
    }
    assert.deepEqual(waits, [0, 1, 2, 4, 8, 16, 30, 30, 30]);
    assert.equal(crashes.wait("a", 1_010), 20);
    assert.equal(crashes.wait("b", 1_000), 0, "another is none the wiser");
  });

  it("are forgotten once a process lived for a minute", () => {
    const crashes = new Crashes();
    for (let at = 0; at < 5; at++) crashes.note("a", 1_000, 1_000);
    crashes.note("a", 1_100, 1_160);
    assert.equal(crashes.wait("a", 1_160), 0);
  });

  it("of the longest ago are forgotten first when there are very many", () => {
    const crashes = new Crashes();
    for (const key of ["first", "first"]) crashes.note(key, 1_000, 1_000);
    for (let at = 0; at < 10_000; at++) crashes.note(`${at}`, 1_000, 1_000);
    crashes.note("9999", 1_000, 1_000);
    assert.deepEqual([crashes.wait("first", 1_000), crashes.wait("9999", 1_000)], [0, 1]);
  });
});
