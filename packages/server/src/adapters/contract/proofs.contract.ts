import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce, count, inOnePlace, type NewPlace, type Opened } from "./place.ts";
import { fresh } from "./records.ts";

const key = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

export function proofsContract(at: Opened, newPlace: NewPlace): void {
  describe("proofs of possession", () => {
    it("lets one of fifty simultaneous uses of a proof through, on two nodes", async () => {
      const other = await at.place.open();
      const jti = fresh("");
      const spent = await atOnce(50, (turn) =>
        (turn % 2 === 0 ? at.store : other).proofs.spend(key, jti, 5_000),
      );
      assert.equal(count(spent, "fresh"), 1);
      assert.equal(count(spent, "replayed"), 49);
    });

    it("keeps keys and ids apart, however the characters fall, and from assertions", async () => {
      for (const [jkt, jti] of [
        ["a", "bc"],
        ["ab", "c"],
        ["a", "b\0c"],
        ["a", "\uD800"],
        ["a", "\uFFFD"],
        ["a", "j".repeat(256)],
      ] as const) {
        assert.equal(await at.store.proofs.spend(jkt, jti, 5_000), "fresh");
        assert.equal(await at.store.proofs.spend(jkt, jti, 5_000), "replayed");
      }
      const name = fresh("");
      assert.equal(await at.store.proofs.spend(name, "one", 5_000), "fresh");
      assert.equal(await at.store.assertions.spend(name, "one", 5_000), "fresh");
    });

    it("is not told by a second use to forget the first one sooner", async () => {
      await at.store.proofs.spend(key, "longer", 5_000);
      assert.equal(await at.store.proofs.spend(key, "longer", 1), "replayed");
    });

    describe("collected", () => {
      const own = inOnePlace(newPlace);
      it("forgets what expired, and keeps what did not", async () => {
        await own.store.proofs.spend(key, "old", 99);
        await own.store.proofs.spend(key, "live", 100);
        assert.equal(await own.store.collect(100, { unused: 0, events: 0 }, 10), 1);
        assert.equal(await own.store.proofs.spend(key, "old", 200), "fresh");
        assert.equal(await own.store.proofs.spend(key, "live", 200), "replayed");
      });
    });
  });
}
