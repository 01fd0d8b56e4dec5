import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OAuthError } from "@valetkey/protocol/errors";
import { ProofMemory } from "./proof-memory.ts";

const begin = 1_000_000;

function aMemory(capacity: number) {
  const clock = { now: begin };
  const memory = new ProofMemory(capacity, () => clock.now);
  return {
    clock,
    memory,
    spend: (jkt: string, jti: string, expiresAt = begin + 300) => memory.spend({ jkt, jti, expiresAt }),
  };
}

describe("the memory of proofs", () => {
  it("takes each proof of each key once", () => {
    const { spend } = aMemory(100);
    assert.deepEqual(
      [spend("a", "1"), spend("a", "1"), spend("a", "2"), spend("b", "1"), spend("b", "1"), spend("a", "1")],
      [true, false, true, true, false, false],
    );
  });

  it("forgets what expired, and nothing else, when it needs room", () => {
    const { spend, memory, clock } = aMemory(40);
    for (let turn = 0; turn < 19; turn++) assert.equal(spend(`old ${turn}`, "1", begin + 10), true);
    assert.equal(spend("live", "1", begin + 300), true);
    clock.now = begin + 10;
    assert.equal(spend("new", "1"), true);
    assert.equal(memory.count, 4);
    assert.equal(spend("live", "1"), false);
  });

  it("never holds more than it may, and never takes a proof twice while its age would pass, whatever comes", () => {
    const { spend, memory, clock } = aMemory(200);
    const taken = new Map<string, number>();
    let random = 7;
    const next = (below: number) => {
      random = (random * 48_271) % 2_147_483_647;
      return random % below;
    };
    for (let turn = 0; turn < 20_000; turn++) {
      clock.now = begin + Math.floor(turn / 50);
      const jkt = `key ${next(3) === 0 ? next(40) : 0}`;
      const jti = String(next(3_000));
      const name = `${jkt}/${jti}`;
      const lives = (taken.get(name) ?? 0) > clock.now;
      // A replay is the same text, its time included.
      const expiresAt = lives ? (taken.get(name) as number) : clock.now + 1 + next(600);
      if (spend(jkt, jti, expiresAt)) {
        assert.equal(lives, false, `${name} was taken twice`);
        taken.set(name, expiresAt);
      }
      assert.ok(memory.count <= 200, `${memory.count} are held`);
    }
    assert.ok(taken.size > 1_000);
  });

  it("lets a key that floods it shorten its own time, and no other's", () => {
    const { spend } = aMemory(100);
    assert.equal(spend("quiet", "1", begin + 20), true);
    for (let turn = 0; turn < 1_000; turn++) spend("loud", String(turn), begin + 1 + (turn % 300));
    assert.equal(spend("quiet", "1", begin + 20), false);
    assert.equal(spend("quiet", "2", begin + 20), true);
    assert.equal(spend("loud", "late", begin + 2), false);
    assert.equal(spend("loud", "young", begin + 400), true);
  });

  it("refuses what a key that flooded it used and was forgotten, as long as its age would pass", () => {
    const { spend, clock } = aMemory(20);
    for (let turn = 0; turn < 18; turn++) assert.equal(spend("loud", String(turn), begin + 60), true);
    // The next one makes room, for which all of this key go, being of one age.
    assert.equal(spend("loud", "18", begin + 60), false);
    for (let turn = 0; turn < 40; turn++) {
      clock.now = begin + turn;
      spend(`other ${turn % 2}`, String(turn), begin + 61 + turn);
      assert.equal(spend("loud", "3", begin + 60), false);
    }
    assert.equal(spend("loud", "new", begin + 90), true);
  });

  it("walks through a memory that is full once a second, and not for each request", () => {
    const { spend } = aMemory(20_000);
    for (let turn = 0; turn < 10_000; turn++) spend(String(turn), "1");
    const began = performance.now();
    for (let turn = 0; turn < 5_000; turn++) assert.throws(() => spend("one more", String(turn)));
    assert.ok(performance.now() - began < 1_000);
  });

  it("refuses all that is new while it is full of keys with one proof each, and takes them when these expired", () => {
    const { spend, clock } = aMemory(20);
    for (let turn = 0; turn < 10; turn++) assert.equal(spend(String(turn), "1", begin + 30), true);
    for (let turn = 0; turn < 2; turn++) {
      assert.throws(
        () => spend("one more", "1"),
        (thrown: unknown) =>
          thrown instanceof OAuthError &&
          thrown.code === "temporarily_unavailable" &&
          thrown.refusal === "dpop.too-many" &&
          thrown.retryAfter === 1,
      );
    }
    assert.equal(spend("3", "1", begin + 30), false);
    clock.now = begin + 30;
    assert.equal(spend("one more", "1"), true);
  });

  it("makes room in a time that many proofs share", () => {
    const { spend } = aMemory(20_000);
    const began = performance.now();
    for (let turn = 0; turn < 60_000; turn++)
      spend(`key ${turn % 500}`, String(turn), begin + 1 + (turn % 300));
    assert.ok(performance.now() - began < 5_000);
  });
});
