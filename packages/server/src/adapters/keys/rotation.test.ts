import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SigningKey } from "../../records/signing-key.ts";
import { rotationStep, signingKey } from "./rotation.ts";

const schedule = { every: 1000, publishAhead: 100, keepAfter: 200 };

function aKey(kid: string, activeFrom: number, retiredAt: number | null = null): SigningKey {
  const removeAt = retiredAt === null ? null : retiredAt + schedule.keepAfter;
  const sealed = { publicJwk: {}, sealedPrivateKey: "", sealedBy: "", algorithm: "ES256" } as const;
  return { kid, ...sealed, createdAt: 0, activeFrom, retiredAt, removeAt };
}

describe("rotation schedule", () => {
  for (const { given, keys, now, addActiveFrom, retire = [] } of [
    { given: "asks for a first key that signs at once", keys: [], now: 5000, addActiveFrom: 5000 },
    { given: "asks for nothing while a key is young", keys: [aKey("a", 0)], now: 899, addActiveFrom: null },
    { given: "asks for the next key ahead of its time", keys: [aKey("a", 0)], now: 900, addActiveFrom: 1000 },
    {
      given: "asks for no third key while the next one waits",
      keys: [aKey("a", 0), aKey("b", 1000)],
      now: 950,
      addActiveFrom: null,
    },
    {
      given: "publishes a key ahead of its time even when it is late",
      keys: [aKey("a", 0)],
      now: 7000,
      addActiveFrom: 7100,
    },
    {
      given: "retires the old key once the next one signs",
      keys: [aKey("a", 0), aKey("b", 1000)],
      now: 1000,
      addActiveFrom: null,
      retire: ["a"],
    },
    {
      given: "retires no key twice",
      keys: [aKey("a", 0, 1000), aKey("b", 1000)],
      now: 1100,
      addActiveFrom: null,
    },
    {
      given: "asks for a key when all are retired",
      keys: [aKey("a", 0, 1000)],
      now: 1100,
      addActiveFrom: 1100,
    },
  ]) {
    it(given, () => assert.deepEqual(rotationStep(keys, schedule, now), { addActiveFrom, retire }));
  }

  for (const { given, keys, now, kid } of [
    { given: "the only one", keys: [aKey("a", 0)], now: 10, kid: "a" },
    { given: "the newest whose time has come", keys: [aKey("b", 1000), aKey("a", 0)], now: 1000, kid: "b" },
    { given: "the old one until then", keys: [aKey("b", 1000), aKey("a", 0)], now: 999, kid: "a" },
    { given: "none that is retired", keys: [aKey("a", 0), aKey("b", 5, 6)], now: 10, kid: "a" },
    { given: "the first one though this clock lies behind", keys: [aKey("a", 100)], now: 99, kid: "a" },
    { given: "the same one of two with one time", keys: [aKey("b", 0), aKey("a", 0)], now: 1, kid: "b" },
  ]) {
    it(`signs with ${given}`, () => {
      assert.equal(signingKey(keys, now)?.kid, kid);
      assert.equal(signingKey(keys.toReversed(), now)?.kid, kid);
    });
  }
});
