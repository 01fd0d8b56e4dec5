import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Lineage } from "../../records/lineage.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aCode, aHash, aRotation, earnedBy } from "./records.ts";

export function lineagesContract(at: Opened): void {
  describe("lineages", () => {
    async function begun(given: Partial<Lineage> = {}): Promise<Lineage> {
      const code = aCode();
      const lineage = earnedBy(code, given);
      await at.store.codes.save(code);
      assert.equal(await at.store.codes.redeem(code.codeHash, lineage, 1_010), "fresh");
      return lineage;
    }

    for (const [what, given] of [
      ["nothing optional", { refreshable: false, amr: [], userAgent: "" }],
      ["everything set", { ...aRotation(), nonce: "n", endedAt: 1_600, endReason: "expired" }],
    ] as const) {
      it(`gives a lineage with ${what} back as it began`, async () => {
        const lineage = await begun(given);
        assert.deepEqual(await at.store.lineages.find(lineage.id), lineage);
        assert.deepEqual(await at.store.lineages.listOf(lineage.grantId), [lineage]);
      });
    }

    it("gives numbers that no call on any node had, growing on each", async () => {
      const nodes = [at.store, await at.place.open(), await at.place.open()];
      const numbers = await Promise.all(
        nodes.map(async (node) => await atOnce(500, () => node.lineages.nextId())),
      );
      assert.equal(new Set(numbers.flat()).size, 1_500);
      for (const own of numbers)
        assert.deepEqual(
          own,
          [...own].sort((a, b) => a - b),
        );
    });

    it("[I2-REFRESH] lets one of a hundred simultaneous rotations of one generation move the row", async () => {
      const lineage = await begun();
      const rotations = Array.from({ length: 100 }, (_, index) => aRotation({ keyId: `k${index}` }));
      const moved = await Promise.all(rotations.map((one) => at.store.lineages.rotate(lineage.id, 1, one)));
      assert.equal(count(moved, true), 1);
      const winner = rotations[moved.indexOf(true)];
      assert.deepEqual(await at.store.lineages.find(lineage.id), { ...lineage, ...winner });
    });

    it("[I2-REFRESH] lets one rotation through when two nodes race", async () => {
      const [lineage, there] = [await begun(), await at.place.open()];
      const moved = await atOnce(60, (index) =>
        (index % 2 === 0 ? at.store : there).lineages.rotate(lineage.id, 1, aRotation()),
      );
      assert.equal(count(moved, true), 1);
      assert.equal((await there.lineages.find(lineage.id))?.generation, 2);
    });

    it("[I2-REFRESH] moves nothing when the generation is another, or the lineage ended or never was", async () => {
      const [lineage, over] = [await begun(), await begun()];
      await at.store.lineages.end(over.id, "revoked", 1_100);
      assert.equal(await at.store.lineages.rotate(lineage.id, 2, aRotation({ generation: 3 })), false);
      assert.equal(await at.store.lineages.rotate(over.id, 1, aRotation()), false);
      assert.equal(await at.store.lineages.rotate(lineage.id + 500_000, 1, aRotation()), false);
      assert.deepEqual(await at.store.lineages.find(lineage.id), lineage);
    });

    it("[I2-REFRESH] ends a lineage once, with its first reason, whatever rotations run beside", async () => {
      const lineage = await begun();
      const [, ...ended] = await Promise.all([
        at.store.lineages.rotate(lineage.id, 1, aRotation()),
        at.store.lineages.end(lineage.id, "revoked", 1_100),
        at.store.lineages.end(lineage.id, "refresh.replayed", 1_100),
      ]);
      assert.equal(count(ended, true), 1);
      const found = await at.store.lineages.find(lineage.id);
      assert.equal(found?.endReason, ended[0] ? "revoked" : "refresh.replayed");
      assert.equal(await at.store.lineages.rotate(lineage.id, found?.generation ?? 0, aRotation()), false);
    });

    it("ends what a code earned, once, and nothing for a code that earned nothing", async () => {
      const [lineage, other] = [await begun(), await begun()];
      assert.equal(await at.store.lineages.endOfCode(lineage.codeHash, "code.replayed", 1_100), 1);
      assert.equal(await at.store.lineages.endOfCode(lineage.codeHash, "code.replayed", 1_101), 0);
      assert.equal(await at.store.lineages.endOfCode(aHash(), "code.replayed", 1_101), 0);
      assert.equal((await at.store.lineages.find(lineage.id))?.endedAt, 1_100);
      assert.equal((await at.store.lineages.find(other.id))?.endedAt, null);
    });
  });
}
