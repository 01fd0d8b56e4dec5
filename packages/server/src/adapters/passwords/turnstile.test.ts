import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause, setImmediate } from "node:timers/promises";
import { Turnstile } from "./turnstile.ts";

describe("turnstile", () => {
  it("lets at most its width run at once, in order of arrival", async () => {
    const turnstile = turnstileOf(2, 10);
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
    const turnstile = turnstileOf(1, 0);
    await assert.rejects(
      turnstile.pass(() => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await turnstile.pass(async () => 1), 1);
  });

  it("hands a place on to whoever waits, so that nobody who comes later takes it too", async () => {
    const turnstile = turnstileOf(1, 10);
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

  it("turns away whoever finds all places taken and the queue long", async () => {
    const turnstile = turnstileOf(1, 1);
    const first = turnstile.pass(() => setImmediate());
    const second = turnstile.pass(() => setImmediate());
    await assert.rejects(
      turnstile.pass(async () => assert.fail("It was let in.")),
      /come later/,
    );
    await Promise.all([first, second]);
    assert.equal(await turnstile.pass(async () => 1), 1);
  });

  it("turns away whoever waited too long, and lets in who did not", async () => {
    const turnstile = turnstileOf(1, 10, 50);
    const first = turnstile.pass(() => pause(100));
    const late = ["a", "b"].map(() => turnstile.pass(async () => assert.fail("It was let in.")));
    const settled = Promise.allSettled(late);
    await pause(80);
    const inTime = turnstile.pass(async () => "in");
    await first;
    assert.equal(await inTime, "in");
    for (const outcome of await settled)
      assert.match(String("reason" in outcome && outcome.reason), /come later/);
    assert.equal(await turnstile.pass(async () => 1), 1);
  });
});

function turnstileOf(width: number, waiting: number, patience?: number): Turnstile {
  const turnedAway = () => new Error("Please come later.");
  return new Turnstile({ width, waiting, turnedAway, ...(patience !== undefined && { patience }) });
}
