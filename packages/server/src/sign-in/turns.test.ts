import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as round } from "node:timers/promises";
import { Turns } from "./turns.ts";

describe("turns", () => {
  it("[I6-THROUGHPUT] come one a round of the event loop, in order of arrival, with others between them", async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const all = ["a", "b", "c"].map(async (name) => {
      await turns.next();
      seen.push(name);
    });
    for (let n = 0; n < 3; n++) {
      await round();
      seen.push("-");
    }
    await Promise.all(all);
    // The second one's round is the rest of the first one's.
    assert.equal(seen.join(""), "ab-c--");
  });

  it("[I6-THROUGHPUT] are waited for by 500; whoever comes then is told to come later, and those before are served", async () => {
    const turns = new Turns();
    const all = Array.from({ length: 502 }, () => turns.next());
    const outcomes = await Promise.allSettled(all);
    const refused = outcomes.flatMap((outcome, n) =>
      outcome.status === "rejected" ? [[n, outcome.reason]] : [],
    );
    assert.deepEqual(
      refused.map(([n, { refusal, retryAfter }]) => [n, refusal, retryAfter]),
      [[501, "server.busy", 5]],
    );
    await turns.next();
  });

  it("are taken at once where nobody else came, and again after a round without anybody", async () => {
    const turns = new Turns();
    for (let n = 0; n < 3; n++) {
      let isIn = false;
      const entered = turns.next().then(() => {
        isIn = true;
      });
      await Promise.resolve();
      await Promise.resolve();
      assert.ok(isIn);
      await entered;
      await round();
      await round();
    }
  });
});
