import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Held } from "./held.ts";

function aHeld() {
  const state = { now: 1_000, loads: 0, fails: false, hangs: false };
  const held = new Held(
    async () => {
      state.loads += 1;
      if (state.hangs) await new Promise(() => {});
      if (state.fails) throw new Error("away");
      return state.loads;
    },
    { clock: () => state.now, maxAge: 60, floor: 30 },
  );
  return { held, state };
}

describe("a held document", () => {
  it("is loaded once a second at most while the issuer fails at first, then ever more seldom", async () => {
    const { held, state } = aHeld();
    state.fails = true;
    for (let i = 0; i < 100; i += 1) await assert.rejects(held.get());
    assert.equal(state.loads, 1);
    state.now += 1;
    await assert.rejects(held.get());
    state.now += 1;
    await assert.rejects(held.get());
    assert.equal(state.loads, 2);
    state.now += 1;
    await assert.rejects(held.get(), { retryAfter: 4 });
    assert.equal(state.loads, 3);
  });

  it("never makes anyone wait half a minute longer for an issuer that is back", async () => {
    const { held, state } = aHeld();
    state.fails = true;
    for (let i = 0; i < 20; i += 1) {
      await assert.rejects(held.get());
      state.now += 30;
    }
    state.fails = false;
    assert.equal(await held.get(), 21);
  });

  it("forgets that the issuer was away once it is back: what is missing is missing, and the next failure is a first one", async () => {
    const { held, state } = aHeld();
    state.fails = true;
    await assert.rejects(held.get());
    state.now += 1;
    state.fails = false;
    assert.equal(await held.get(), 2);
    assert.equal(await held.renewed(), 2);
    state.now += 60;
    state.fails = true;
    await assert.rejects(held.renewed(), { retryAfter: 1 });
    state.now += 1;
    await held.get();
    assert.equal(state.loads, 4);
  });

  it("serves at once while a later attempt hangs", async () => {
    const { held, state } = aHeld();
    assert.equal(await held.get(), 1);
    state.fails = true;
    state.now += 60;
    assert.equal(await held.get(), 1);
    state.hangs = true;
    state.now += 1;
    assert.equal(await held.get(), 1);
    assert.equal(state.loads, 3);
  });

  it("grows old when the clock is set back", async () => {
    const { held, state } = aHeld();
    assert.equal(await held.get(), 1);
    state.now -= 500;
    assert.equal(await held.get(), 2);
  });
});
