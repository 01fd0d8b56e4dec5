import assert from "node:assert/strict";
import { it } from "node:test";
import { timeMember } from "./time-member.ts";

for (const at of [
  0, 7, 999, 1_000, 1_800_000_000_042, 1_800_000_000_999, 1_800_000_001_000, 1_799_999_999_001,
]) {
  it(`the time of a line at ${at} ms is what the calendar says`, () => {
    assert.equal(timeMember(at), `,"time":"${new Date(at).toISOString()}"`);
  });
}
