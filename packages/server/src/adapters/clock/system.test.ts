import assert from "node:assert/strict";
import { it } from "node:test";
import { systemClock } from "./system.ts";

it("tells the time of the machine in whole seconds", () => {
  const before = Date.now() / 1000;
  const now = systemClock.now();
  assert.ok(Number.isInteger(now));
  assert.ok(now > before - 1 && now <= Date.now() / 1000);
});
