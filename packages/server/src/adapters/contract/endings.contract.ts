import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EndingKind } from "../../records/ending.ts";
import type { Instant } from "../../records/instant.ts";
import { inOnePlace, type NewPlace, type Opened } from "./place.ts";
import { aClient, aCode, earnedBy, fresh } from "./records.ts";

export function endingsContract(at: Opened, newPlace: NewPlace): void {
  describe("endings", () => {
    // Later than anything else in this store ends.
    let second = 50_000_000;
    const newSecond = () => {
      second += 100;
      return second;
    };

    async function toldFrom(kind: EndingKind, from: Instant, limit = 100) {
      const page = await at.store.endings.page(kind, { at: from, id: "" }, limit);
      return page.filter((ending) => ending.at < from + 100);
    }

    async function aLivingLineage() {
      const code = aCode();
      await at.store.codes.save(code);
      const lineage = earnedBy(code);
      await at.store.codes.redeem(code.codeHash, lineage, 1_010);
      return lineage;
    }

    it("tells of lineages that ended, in order of time, then of number", async () => {
      const now = newSecond();
      const lineages = await Promise.all([1, 2, 3, 4].map(aLivingLineage));
      const [first, second, third] = lineages.map(({ id }) => id).toSorted((a, b) => a - b);
      assert.ok(first !== undefined && second !== undefined && third !== undefined);
      await at.store.lineages.end(second, "revoked", now + 1);
      await at.store.lineages.end(first, "revoked", now + 1);
      await at.store.lineages.end(third, "revoked", now);
      assert.deepEqual(await toldFrom("lineage", now), [
        { kind: "lineage", id: String(third), at: now },
        { kind: "lineage", id: String(first), at: now + 1 },
        { kind: "lineage", id: String(second), at: now + 1 },
      ]);
      assert.deepEqual(
        (await at.store.endings.page("lineage", { at: now + 1, id: String(first) }, 1)).map(({ id }) => id),
        [String(second)],
      );
    });

    it("tells of a revoked token when it was revoked first", async () => {
      const now = newSecond();
      const jtis = ["b\0", "a'", "é"].map(fresh).toSorted();
      for (const jti of jtis) await at.store.accessTokens.revoke(jti, now + 600, now);
      for (const jti of jtis) await at.store.accessTokens.revoke(jti, now + 600, now + 5);
      const all = await toldFrom("token", now);
      assert.deepEqual(all.map(({ id }) => id).toSorted(), jtis);
      assert.ok(all.every((ending) => ending.at === now));
      const pages = [];
      for (let from = { at: now, id: "" }; ; ) {
        const [next] = await at.store.endings.page("token", from, 1);
        if (next === undefined) break;
        pages.push(next);
        from = next;
      }
      assert.deepEqual(pages, all);
    });

    it("tells of a client while it is disabled, and of one that is gone", async () => {
      const now = newSecond();
      const [client, other] = [aClient(), aClient()];
      for (const one of [client, other]) await at.store.clients.add(one);
      await at.store.clients.replace({ ...client, disabledAt: now });
      assert.deepEqual(await toldFrom("disabled-client", now), [
        { kind: "disabled-client", id: client.id, at: now },
      ]);
      await at.store.clients.replace(client);
      assert.deepEqual(await toldFrom("disabled-client", now), []);
      await at.store.clients.remove(client.id, now + 1);
      assert.deepEqual(await toldFrom("removed-client", now), [
        { kind: "removed-client", id: client.id, at: now + 1 },
      ]);
      await at.store.clients.add(client);
      await at.store.clients.remove(client.id, now + 2);
      assert.deepEqual(await toldFrom("removed-client", now), [
        { kind: "removed-client", id: client.id, at: now + 2 },
      ]);
      assert.equal(await at.store.clients.remove(client.id, now + 3), false);
      assert.equal((await toldFrom("removed-client", now + 3)).length, 0);
    });

    describe("that were collected", () => {
      const place = inOnePlace(newPlace);
      const day = 86_400;
      const now = 10 * day;
      /** A day, and the five minutes for which a guard may take a token for alive that is not. */
      const kept = day + 300;

      it("are told as long as an access token may live, though the lineage itself is past its end", async () => {
        const { store } = place;
        const lineages = [now - kept, now - kept - 1].map((endedAt) =>
          earnedBy(aCode(), { absoluteExpiresAt: now - kept - 5, endedAt, endReason: "revoked" }),
        );
        for (const lineage of lineages) {
          await store.codes.save(aCode({ codeHash: lineage.codeHash, expiresAt: now }));
          await store.codes.redeem(lineage.codeHash, lineage, 1_010);
        }
        const clients = [aClient(), aClient()];
        for (const [index, client] of clients.entries()) {
          await store.clients.add(client);
          await store.clients.remove(client.id, now - kept - index);
        }
        assert.equal(await store.collect(now, { unused: 0, events: 0 }, 100), 2);
        const left = await Promise.all(
          (["lineage", "removed-client"] as const).map((kind) =>
            store.endings.page(kind, { at: 0, id: "" }, 10),
          ),
        );
        assert.deepEqual(
          left.map((page) => page.map(({ id }) => id)),
          [[String(lineages[0]?.id)], [clients[0]?.id]],
        );
      });
    });
  });
}
