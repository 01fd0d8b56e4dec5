import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { LimitName } from "../../ports/limiter.ts";
import { type Limit, windowLimiter } from "./window.ts";

const limits: Record<LimitName, Limit> = {
  sign_in: { limit: 3, window: 20 },
  sign_in_address: { limit: 1000, window: 600 },
  token: { limit: 2, window: 300 },
  registration: { limit: 1, window: 1 },
  document: { limit: 1, window: 1 },
  authorization: { limit: 1, window: 1 },
  device_authorization: { limit: 1, window: 1 },
  user_code: { limit: 1, window: 1 },
  user_code_all: { limit: 1, window: 1 },
  mail: { limit: 3, window: 20 },
  mail_address: { limit: 3, window: 20 },
  sign_up: { limit: 3, window: 20 },
  sign_in_account: { limit: 3, window: 20 },
  second_factor_day: { limit: 1, window: 1 },
  password_strength: { limit: 1, window: 1 },
  second_factor: { limit: 3, window: 20 },
};

describe("limiter", () => {
  for (const { given, counts, now, wait } of [
    { given: "nothing counted", counts: [], now: 100, wait: 0 },
    { given: "one below the limit", counts: [100, 100], now: 100, wait: 0 },
    { given: "the limit reached at once", counts: [100, 100, 100], now: 100, wait: 20 },
    {
      given: "the limit reached in a while: until the oldest leaves",
      counts: [100, 105, 110],
      now: 110,
      wait: 10,
    },
    { given: "the last second of the wait", counts: [100, 105, 110], now: 119, wait: 1 },
    { given: "the oldest gone", counts: [100, 105, 110], now: 120, wait: 0 },
    {
      given: "more than the limit: until enough leave",
      counts: [100, 105, 110, 111, 112],
      now: 112,
      wait: 18,
    },
    { given: "all gone", counts: [100, 100, 100, 100], now: 120, wait: 0 },
  ]) {
    it(`says to wait ${wait} seconds given ${given}`, () => {
      const limiter = windowLimiter(limits);
      for (const at of counts) limiter.count("sign_in", "k", at);
      assert.equal(limiter.waitFor("sign_in", "k", now), wait);
      assert.equal(limiter.waitFor("sign_in", "k", now), wait, "asking counts nothing");
    });
  }

  it("after the wait that it said lets exactly one more through", () => {
    const limiter = windowLimiter(limits);
    for (const at of [100, 105, 110]) limiter.count("sign_in", "k", at);
    limiter.count("sign_in", "k", 120);
    assert.equal(limiter.waitFor("sign_in", "k", 120), 5);
  });

  describe("whose waits grow", () => {
    const growing = { ...limits, sign_in: { limit: 3, window: 86_400, longest: 900 } };

    it("doubles the wait with each count beyond the limit, up to the longest", () => {
      const limiter = windowLimiter(growing);
      const waits: number[] = [];
      let now = 1_000_000;
      for (let n = 0; n < 16; n++) {
        limiter.count("sign_in", "k", now);
        const wait = limiter.waitFor("sign_in", "k", now);
        assert.equal(limiter.waitFor("sign_in", "k", now + wait), 0);
        if (wait > 0) assert.equal(limiter.waitFor("sign_in", "k", now + wait - 1), 1);
        waits.push(wait);
        now += wait;
      }
      assert.deepEqual(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
    });

    it("never waits longer than until enough counts have left the window", () => {
      const limiter = windowLimiter({ ...limits, sign_in: { limit: 1, window: 20, longest: 900 } });
      for (let n = 0; n < 12; n++) limiter.count("sign_in", "k", 100);
      assert.equal(limiter.waitFor("sign_in", "k", 100), 20);
      assert.equal(limiter.waitFor("sign_in", "k", 120), 0);
    });

    it("waits for one guess after another where many come at once", () => {
      const limiter = windowLimiter(growing);
      for (const at of [100, 100, 100]) limiter.count("sign_in", "k", at);
      assert.equal(limiter.waitFor("sign_in", "k", 101), 0);
      limiter.count("sign_in", "k", 101);
      assert.equal(limiter.waitFor("sign_in", "k", 101), 2);
    });

    it("allows less than 120 counts a day", () => {
      const limiter = windowLimiter(growing);
      let counts = 0;
      for (let now = 0; now < 10 * 86_400; ) {
        const wait = limiter.waitFor("sign_in", "k", now);
        if (wait === 0) limiter.count("sign_in", "k", now);
        if (wait === 0) counts++;
        now += wait;
      }
      assert.ok(counts < 1200 && counts > 900, `${counts} in ten days`);
    });
  });

  it("forgets all counts of a key, and of no other", () => {
    const limiter = windowLimiter(limits);
    for (const key of ["a", "b"]) for (const at of [100, 105, 110]) limiter.count("sign_in", key, at);
    limiter.forget("sign_in", "a");
    limiter.forget("token", "b");
    assert.deepEqual(
      ["a", "b"].map((key) => limiter.waitFor("sign_in", key, 110)),
      [0, 10],
    );
  });

  it("never lets a count leave before the window is over, nor later than a twentieth after it", () => {
    for (let start = 0; start < 30; start++) {
      const limiter = windowLimiter(limits);
      limiter.count("token", "k", start);
      limiter.count("token", "k", start);
      const wait = limiter.waitFor("token", "k", start);
      assert.ok(wait >= 300 && wait < 315, `${wait}`);
      assert.notEqual(limiter.waitFor("token", "k", start + wait - 1), 0);
      assert.equal(limiter.waitFor("token", "k", start + wait), 0);
    }
  });

  it("takes back one count of its moment, of its key, and nothing that is not there", () => {
    const limiter = windowLimiter(limits);
    for (const at of [100, 105, 105]) limiter.count("sign_in", "k", at);
    limiter.takeBack("sign_in", "k", 105);
    assert.equal(limiter.waitFor("sign_in", "k", 105), 0);
    for (const [key, at] of [
      ["k", 110],
      ["other", 105],
      ["k", 99],
    ] as const)
      limiter.takeBack("sign_in", key, at);
    limiter.takeBack("token", "k", 105);
    limiter.count("sign_in", "k", 106);
    assert.equal(limiter.waitFor("sign_in", "k", 106), 14);
    for (const at of [100, 105, 106, 106]) limiter.takeBack("sign_in", "k", at);
    for (const at of [107, 107]) limiter.count("sign_in", "k", at);
    assert.equal(limiter.waitFor("sign_in", "k", 107), 0, "never below nothing");
  });

  it("keeps keys and limits apart", () => {
    const limiter = windowLimiter(limits);
    limiter.count("registration", "a", 1);
    assert.equal(limiter.waitFor("registration", "a", 1), 1);
    assert.equal(limiter.waitFor("registration", "b", 1), 0);
    assert.equal(limiter.waitFor("token", "a", 1), 0);
  });

  for (const [key, neighbour, stranger] of [
    ["2001:db8::1", "2001:db8::2:3", "2001:db8:0:1::1"],
    ["ada@example.com 2001:db8::1", "ada@example.com 2001:db8::2", "eve@example.com 2001:db8::1"],
    ["guess cli_1 2001:db8::1", "guess cli_1 2001:db8::2", "guess cli_1 2001:db8:0:1::1"],
    [`guess ${"c".repeat(80)} 2001:db8::1`, `guess ${"c".repeat(80)} 2001:db8::2`, "guess c 2001:db8::1"],
    ["ada 203.0.113.9", "ada 203.0.113.9", "ada 203.0.113.8"],
    ["2001:db8::1 203.0.113.9", "2001:db8::1 203.0.113.9", "2001:db8::2 203.0.113.9"],
  ] as const) {
    it(`counts ${key.slice(0, 40)} for its network, beside whatever else the key names`, () => {
      const limiter = windowLimiter(limits);
      limiter.count("registration", key, 1);
      assert.deepEqual(
        [neighbour, stranger].map((one) => limiter.waitFor("registration", one, 1)),
        [1, 0],
      );
    });
  }

  it("keeps long keys apart, and a key that is written like the hash of one", () => {
    const limiter = windowLimiter(limits);
    const long = "a".repeat(65);
    limiter.count("registration", long, 1);
    assert.equal(limiter.waitFor("registration", long, 1), 1);
    assert.equal(limiter.waitFor("registration", `${long}a`, 1), 0);
    const digest = createHash("sha256").update(long).digest("base64url");
    for (const twin of [digest, `#${digest}`, `=${digest}`]) {
      assert.equal(limiter.waitFor("registration", twin, 1), 0);
    }
  });

  it("forgets the key that was counted longest ago when there are too many, and no other", () => {
    const limiter = windowLimiter(limits, 3);
    for (const key of ["a", "b", "c"]) for (const at of [1, 2, 3]) limiter.count("sign_in", key, at);
    limiter.count("sign_in", "a", 4);
    limiter.count("sign_in", "d", 4);
    const limited = ["a", "b", "c", "d"].filter((key) => limiter.waitFor("sign_in", key, 4) > 0);
    assert.deepEqual(limited, ["a", "c"]);
  });

  it("takes no more memory for long keys or many counts than for short and few", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const limiter = windowLimiter(limits, 2000);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 4000; n++) limiter.count("token", `${n}${"x".repeat(20_000)}`, n);
    for (let n = 0; n < 100_000; n++) limiter.count("sign_in_address", "k", n * 30);
    collect();
    const grown = process.memoryUsage().heapUsed - before;
    assert.ok(grown < 4_000_000, `${grown} bytes`);
    assert.equal(limiter.waitFor("token", "k", 4000), 0, "and the limiter is still there to be measured");
  });
});
