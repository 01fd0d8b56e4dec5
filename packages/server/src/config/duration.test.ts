import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatDuration, parseDuration } from "./duration.ts";

describe("durations", () => {
  for (const [text, seconds] of [
    ["0s", 0],
    ["45s", 45],
    ["10m", 600],
    ["12h", 43_200],
    ["90d", 7_776_000],
    ["2w", 1_209_600],
  ] as const) {
    it(`reads ${text}`, () => assert.equal(parseDuration(text), seconds));
  }

  for (const text of [
    "",
    "10",
    "m",
    "1.5h",
    "-1m",
    "10 m",
    "10M",
    "1h30m",
    "10m ",
    "10y",
    "1e3s",
    "9999999999s",
    "１m",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), undefined));
  }

  for (const [seconds, text] of [
    [0, "0s"],
    [59, "59s"],
    [60, "1m"],
    [90, "90s"],
    [7200, "2h"],
    [604_800, "7d"],
  ] as const) {
    it(`writes ${seconds} seconds as ${text}`, () => {
      assert.equal(formatDuration(seconds), text);
      assert.equal(parseDuration(text), seconds);
    });
  }
});
