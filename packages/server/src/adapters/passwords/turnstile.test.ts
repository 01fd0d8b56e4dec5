import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Turnstile } from "./turnstile.ts";

describe("turnstile", () => {
  it("lets at most its width run at once, in order of arrival", async () => {
    const turnstile = new Turnstile(2, 10);
    const order: number[] = [];
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        turnstile.pass(async () => {
          order.push(n);
          most = Math.max(most, ++running);
          await setImmediate();
          running--;
        }),
      ),
    );
    assert.equal(most, 2);
    assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("gives the place back when the work fails", async () => {
    const turnstile = new Turnstile(1, 0);
    await assert.rejects(
      turnstile.pass(() => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(turnstile.isFull, false);
    assert.equal(await turnstile.pass(async () => 1), 1);
  });

  it("hands a place on to whoever waits, so that nobody who comes later takes it too", async () => {
    const turnstile = new Turnstile(1, 10);
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await setImmediate();
      running--;
    };
    const first = turnstile.pass(work);
    const second = turnstile.pass(work);
    await first;
    await Promise.all([second, turnstile.pass(work), turnstile.pass(work)]);
    assert.equal(most, 1);
  });

  it("is full when all places are taken and the queue is long", async () => {
    const turnstile = new Turnstile(1, 1);
    const first = turnstile.pass(() => setImmediate());
    assert.equal(turnstile.isFull, false);
    const second = turnstile.pass(() => setImmediate());
    assert.equal(turnstile.isFull, true);
    await Promise.all([first, second]);
    assert.equal(turnstile.isFull, false);
  });
});
