import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce, count, type Opened } from "./place.ts";
import { aClient, aCode, aHash, aLineage, earnedBy } from "./records.ts";

export function codesContract(at: Opened): void {
  describe("codes", () => {
    for (const [what, code] of [
      [
        "everything set",
        aCode({ spentAt: 1_020, accessEndsAt: 9_000, jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" }),
      ],
      ["nothing optional", aCode({ nonce: null, permissions: [], amr: [] })],
    ] as const) {
      it(`gives a code with ${what} back as it was saved`, async () => {
        await at.store.codes.save(code);
        assert.deepEqual(await at.store.codes.find(code.codeHash), code);
      });
    }

    it("notes on the client that a person authorized it, in the commit that keeps the code", async () => {
      const client = aClient({ kind: "self-registered" });
      await at.store.clients.add(client);
      const code = aCode({ clientId: client.id, createdAt: 1_234 });
      await at.store.codes.save(code);
      assert.equal((await at.store.clients.find(client.id))?.lastAuthorizedAt, 1_234);
      await assert.rejects(at.store.codes.save({ ...code, createdAt: 9_999 }));
      assert.equal((await at.store.clients.find(client.id))?.lastAuthorizedAt, 1_234);
    });

    it("notes it to the hour, so that a client of many is no hot row", async () => {
      const client = aClient();
      await at.store.clients.add(client);
      for (const [createdAt, noted] of [
        [10_000, 10_000],
        [13_599, 10_000],
        [13_600, 13_600],
      ] as const) {
        await at.store.codes.save(aCode({ clientId: client.id, createdAt }));
        assert.equal((await at.store.clients.find(client.id))?.lastAuthorizedAt, noted);
      }
    });

    it("refuses a hash that is none, rather than cutting it short", async () => {
      await assert.rejects(at.store.codes.save(aCode({ codeHash: "not hexadecimal" })), TypeError);
    });

    it("[O21-AS-24 I2-STORE] yields one lineage for a hundred simultaneous redemptions of one code", async () => {
      const code = aCode();
      await at.store.codes.save(code);
      const lineages = Array.from({ length: 100 }, () => earnedBy(code));
      const outcomes = await Promise.all(
        lineages.map((one) => at.store.codes.redeem(code.codeHash, one, 1_010)),
      );
      assert.equal(count(outcomes, "fresh"), 1);
      assert.equal(count(outcomes, "replayed"), 99);
      assert.deepEqual(await at.store.lineages.listOf(code.grantId), [lineages[outcomes.indexOf("fresh")]]);
    });

    it("[O21-AS-24 P-4] yields one lineage when two nodes redeem one code fifty times each", async () => {
      const [here, there] = [at.store, await at.place.open()];
      const code = aCode();
      await here.codes.save(code);
      const outcomes = await atOnce(100, (index) =>
        (index % 2 === 0 ? here : there).codes.redeem(code.codeHash, earnedBy(code), 1_010),
      );
      assert.equal(count(outcomes, "fresh"), 1);
      assert.equal((await there.lineages.listOf(code.grantId)).length, 1);
    });

    it("[O21-AS-24] remembers a spent code, so that a replay is recognised", async () => {
      const code = aCode();
      await at.store.codes.save(code);
      assert.equal(await at.store.codes.redeem(code.codeHash, earnedBy(code), 1_010), "fresh");
      assert.equal((await at.store.codes.find(code.codeHash))?.spentAt, 1_010);
      assert.equal(await at.store.codes.redeem(code.codeHash, earnedBy(code), 1_020), "replayed");
      assert.equal((await at.store.codes.find(code.codeHash))?.spentAt, 1_010);
    });

    it("begins no lineage for a code that never was", async () => {
      const lineage = aLineage();
      assert.equal(await at.store.codes.redeem(aHash(), lineage, 1_010), "replayed");
      assert.equal(await at.store.lineages.find(lineage.id), undefined);
    });

    it("[O21-AS-24 I2-IN-FLIGHT] ends the winner's one lineage when each loser of a race ends what the code earned", async () => {
      const code = aCode();
      await at.store.codes.save(code);
      const ended = await atOnce(20, async () => {
        const outcome = await at.store.codes.redeem(code.codeHash, earnedBy(code), 1_010);
        return outcome === "fresh"
          ? 0
          : await at.store.lineages.endOfCode(code.codeHash, "code.replayed", 1_011);
      });
      assert.equal(
        ended.reduce((sum, one) => sum + one, 0),
        1,
      );
      const [lineage, ...others] = await at.store.lineages.listOf(code.grantId);
      assert.deepEqual(others, []);
      assert.deepEqual([lineage?.endedAt, lineage?.endReason], [1_011, "code.replayed"]);
    });

    it("[O21-AS-24 I2-DURABLE] leaves the code unspent when its lineage cannot be written, and takes no neighbour along", async () => {
      const taken = aLineage();
      const [code, neighbour] = [aCode(), aCode()];
      for (const one of [code, neighbour]) await at.store.codes.save(one);
      await at.store.codes.save(aCode({ codeHash: taken.codeHash }));
      await at.store.codes.redeem(taken.codeHash, taken, 1_000);

      const together = await Promise.allSettled([
        at.store.codes.redeem(code.codeHash, earnedBy(code, { id: taken.id }), 1_010),
        at.store.codes.redeem(neighbour.codeHash, earnedBy(neighbour), 1_010),
        at.store.settings.claim(`beside ${code.codeHash}`, "stands"),
      ]);
      assert.deepEqual(
        together.map(({ status }) => status),
        ["rejected", "fulfilled", "fulfilled"],
      );
      assert.equal((await at.store.codes.find(code.codeHash))?.spentAt, null);
      assert.equal((await at.store.lineages.listOf(neighbour.grantId)).length, 1);
      assert.equal(await at.store.settings.get(`beside ${code.codeHash}`), "stands");
      assert.equal(await at.store.codes.redeem(code.codeHash, earnedBy(code), 1_020), "fresh");
    });
  });
}
