import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Since } from "../../ports/store.ts";
import { until } from "../contract/place.ts";
import { type HousekeepingOptions, keepHouse } from "./housekeeping.ts";

interface Call {
  readonly now: number;
  readonly since: Since;
  readonly limit: number;
}

/** A house with so many expired rows in one table. */
function aHouse(given: Partial<HousekeepingOptions> & { rows?: number; step?: () => Promise<void> } = {}) {
  const calls: Call[] = [];
  const failures: unknown[] = [];
  const left = { rows: given.rows ?? 0, keyReads: 0, atOnce: 0 };
  const options: HousekeepingOptions = {
    store: {
      async collect(now, since, limit) {
        calls.push({ now, since, limit });
        left.atOnce += 1;
        assert.equal(left.atOnce, 1, "two steps at once");
        await given.step?.();
        left.atOnce -= 1;
        const gone = Math.min(limit, left.rows);
        left.rows -= gone;
        return gone;
      },
    },
    keys: {
      async refresh() {
        left.keyReads += 1;
      },
    },
    clock: { now: () => 1_000_000 },
    keep: { unused: 1_000, events: 2_000 },
    failed: (thrown) => failures.push(thrown),
    every: 0.02,
    ...given,
  };
  return { calls, failures, left, house: keepHouse(options) };
}

describe("housekeeping", () => {
  it("reads the keys and collects what is older than it was told to keep, round after round", async () => {
    const { calls, left, house } = aHouse();
    await until(() => left.keyReads >= 3);
    await house.stop();
    assert.deepEqual(calls[0], { now: 1_000_000, since: { unused: 999_000, events: 998_000 }, limit: 500 });
    const rounds = left.keyReads;
    await pause(60);
    assert.equal(left.keyReads, rounds);
  });

  it("goes on in small steps until a backlog is gone, however long", async () => {
    const { calls, left, failures, house } = aHouse({ rows: 100_250, every: 0.05 });
    await until(() => left.rows === 0);
    await house.stop();
    assert.ok(calls.length >= 201);
    assert.deepEqual(failures, []);
  });

  it("rests after each step, and begins no second round meanwhile", async () => {
    const { calls, house } = aHouse({ rows: 1_000_000, step: () => pause(10), every: 0.03 });
    const begun = performance.now();
    await until(() => calls.length >= 6);
    const lasted = performance.now() - begun;
    await house.stop();
    // Five steps of 10 ms with their rests: 200 ms; without the rests it would be 50.
    assert.ok(lasted > 150, `${lasted} ms`);
  });

  it("stops amid a backlog when the step under way is done, and says nothing of it", async () => {
    const { calls, failures, left, house } = aHouse({ rows: 1_000_000, step: () => pause(20) });
    await until(() => calls.length >= 2);
    await house.stop();
    assert.equal(left.atOnce, 0);
    const made = calls.length;
    await pause(60);
    assert.equal(calls.length, made);
    assert.deepEqual(failures, []);
  });

  it("tells of a round that failed and comes again", async () => {
    let asked = 0;
    const keys = {
      async refresh() {
        asked += 1;
        if (asked === 1) throw new Error("away");
      },
    };
    const { calls, failures, house } = aHouse({ keys });
    await until(() => calls.length >= 1);
    await house.stop();
    assert.deepEqual(failures, [new Error("away")]);
  });
});
