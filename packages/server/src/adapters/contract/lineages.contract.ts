import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Lineage } from "../../records/lineage.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aCode, aHash, aRotation, earnedBy, fresh } from "./records.ts";

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
      ["everything set", { ...aRotation(), nonce: "n", jkt: "k", endedAt: 1_600, endReason: "expired" }],
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
      const moved = await Promise.all(rotations.map((one) => at.store.lineages.rotate(lineage, one)));
      assert.equal(count(moved, true), 1);
      const winner = rotations[moved.indexOf(true)];
      assert.deepEqual(await at.store.lineages.find(lineage.id), { ...lineage, ...winner });
    });

    it("[I2-REFRESH] lets one rotation through when two nodes race", async () => {
      const [lineage, there] = [await begun(), await at.place.open()];
      const moved = await atOnce(60, (index) =>
        (index % 2 === 0 ? at.store : there).lineages.rotate(lineage, aRotation()),
      );
      assert.equal(count(moved, true), 1);
      assert.equal((await there.lineages.find(lineage.id))?.generation, 2);
    });

    it("[I2-REFRESH] moves nothing when the generation is another, or the lineage ended or never was", async () => {
      const [lineage, over] = [await begun(), await begun()];
      await at.store.lineages.end(over.id, "revoked", 1_100);
      assert.equal(
        await at.store.lineages.rotate({ ...lineage, generation: 2 }, aRotation({ generation: 3 })),
        false,
      );
      assert.equal(await at.store.lineages.rotate(over, aRotation()), false);
      assert.equal(
        await at.store.lineages.rotate({ ...lineage, id: lineage.id + 500_000 }, aRotation()),
        false,
      );
      assert.deepEqual(await at.store.lineages.find(lineage.id), lineage);
    });

    it("[I2-REFRESH] ends a lineage once, with its first reason, whatever rotations run beside", async () => {
      const lineage = await begun();
      const [, ...ended] = await Promise.all([
        at.store.lineages.rotate(lineage, aRotation()),
        at.store.lineages.end(lineage.id, "revoked", 1_100),
        at.store.lineages.end(lineage.id, "refresh.replayed", 1_100),
      ]);
      assert.equal(count(ended, true), 1);
      const found = await at.store.lineages.find(lineage.id);
      assert.equal(found?.endReason, ended[0] ? "revoked" : "refresh.replayed");
      assert.equal(await at.store.lineages.rotate(found ?? lineage, aRotation()), false);
    });

    it("[I2-REFRESH] counts each late answer, also when two that were judged alike come at once", async () => {
      const lineage = await begun();
      const late = (...at: number[]) => at.map((one) => ({ generation: 1, at: one }));
      const counted = (...at: number[]) => aRotation({ generation: 1, lateAnswers: late(...at) });
      const racers = await atOnce(40, () => at.store.lineages.rotate(lineage, counted(1_500)));
      assert.equal(count(racers, true), 1);
      const seen = { ...lineage, ...counted(1_500) };
      assert.equal(await at.store.lineages.rotate(lineage, counted(1_501)), false);
      assert.equal(await at.store.lineages.rotate(seen, counted(1_500, 1_501)), true);
      assert.equal(await at.store.lineages.rotate(seen, aRotation()), false);
      assert.deepEqual((await at.store.lineages.find(lineage.id))?.lateAnswers, late(1_500, 1_501));
    });

    it("[P-2] names the proof keys that a live lineage needs, and no other", async () => {
      const names = Array.from({ length: 6 }, () => fresh("key_")) as [
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      const [now, before, ended, idle, none] = names;
      await begun({ keyId: now, previousKeyId: before, idleExpiresAt: 2_001 });
      await begun({ keyId: now, endedAt: null });
      const over = await begun({ keyId: ended });
      await begun({ keyId: idle, previousKeyId: idle, idleExpiresAt: 2_000 });
      await begun({ keyId: none, refreshable: false });
      await at.store.lineages.end(over.id, "revoked", 1_100);
      const live = await at.store.lineages.liveKeyIds(2_000);
      assert.deepEqual(
        live.filter((id) => names.includes(id)),
        [before, now].sort(),
      );
      assert.deepEqual(live, [...new Set(live)].sort());
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
