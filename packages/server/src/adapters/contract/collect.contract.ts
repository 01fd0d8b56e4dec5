import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aMailedProof } from "./people-records.ts";
import { inOnePlace, type NewPlace } from "./place.ts";
import {
  aClient,
  aCode,
  aDevice,
  aDocument,
  aHash,
  anInteraction,
  aSession,
  earnedBy,
  fresh,
} from "./records.ts";

export function collectContract(newPlace: NewPlace): void {
  describe("collect", () => {
    const at = inOnePlace(newPlace);
    const now = 100_000;
    const never = { unused: 0, events: 0 };

    it("deletes what expired and keeps what did not", async () => {
      const { store } = at;
      const [old, live] = [now - 1, now] as const;
      const codes = [aCode({ expiresAt: old }), aCode({ expiresAt: live })];
      const devices = [aDevice({ expiresAt: old }), aDevice({ expiresAt: live })];
      const sessions = [aSession({ expiresAt: old }), aSession({ expiresAt: live })];
      const interactions = [anInteraction({ expiresAt: old }), anInteraction({ expiresAt: live })];
      const proofs = [aMailedProof({ expiresAt: old }), aMailedProof({ expiresAt: live })];
      const links = [old, live].map((expiresAt) => ({ hash: aHash(), createdAt: 1, expiresAt }));
      const tokens = [fresh("jti_"), fresh("jti_")] as const;
      const lineages = [
        earnedBy(aCode(), { idleExpiresAt: old, absoluteExpiresAt: old }),
        earnedBy(aCode(), { idleExpiresAt: old, absoluteExpiresAt: live, endedAt: 5, endReason: "revoked" }),
      ];
      for (const code of codes) await store.codes.save(code);
      for (const device of devices) await store.deviceCodes.begin(device);
      for (const session of sessions) await store.sessions.begin(session);
      for (const interaction of interactions) await store.interactions.begin(interaction);
      for (const proof of proofs) await store.mailedProofs.put(proof);
      for (const link of links) await store.setUpLinks.put(link);
      // What is revoked is told for five minutes longer: guards whose clocks are behind still take the token for alive.
      await store.accessTokens.revoke(tokens[0], old - 300, 1_000);
      await store.accessTokens.revoke(tokens[1], live - 300, 1_000);
      await store.assertions.spend("cli_1", "old", old);
      await store.assertions.spend("cli_1", "live", live);
      for (const lineage of lineages) {
        await store.codes.save(aCode({ codeHash: lineage.codeHash, expiresAt: live }));
        await store.codes.redeem(lineage.codeHash, lineage, 1_010);
      }

      assert.equal(await store.collect(now, never, 100), 9);
      assert.equal(await store.collect(now, never, 100), 0);

      const seen = async (finds: Promise<unknown>[]) =>
        (await Promise.all(finds)).map((one) => one !== undefined);
      const onlySecond = [false, true];
      assert.deepEqual(await seen(codes.map((one) => store.codes.find(one.codeHash))), onlySecond);
      assert.deepEqual(
        await seen(devices.map((one) => store.deviceCodes.find(one.deviceCodeHash))),
        onlySecond,
      );
      assert.deepEqual(await seen(sessions.map((one) => store.sessions.find(one.idHash))), onlySecond);
      assert.deepEqual(await seen(interactions.map((one) => store.interactions.find(one.id))), onlySecond);
      assert.deepEqual(
        await seen(proofs.map((one) => store.mailedProofs.findByLink(one.linkHash ?? ""))),
        onlySecond,
      );
      assert.deepEqual(await seen(links.map((one) => store.setUpLinks.find(one.hash))), onlySecond);
      assert.deepEqual(await seen(lineages.map((one) => store.lineages.find(one.id))), onlySecond);
      assert.deepEqual(await Promise.all(tokens.map((one) => store.accessTokens.isRevoked(one))), onlySecond);
      assert.equal(await store.assertions.spend("cli_1", "old", now + 60), "fresh");
      assert.equal(await store.assertions.spend("cli_1", "live", now + 60), "replayed");
    });

    it("deletes self-registered clients that no person ever authorized, and no other client", async () => {
      const unused = aClient({ kind: "self-registered", createdAt: 1_000 });
      const kept = [
        aClient({ kind: "self-registered", createdAt: 1_000, lastAuthorizedAt: 1_001 }),
        aClient({ kind: "self-registered", createdAt: 5_000 }),
        aClient({ kind: "registered", createdAt: 1_000 }),
      ];
      const authorized = aClient({ kind: "self-registered", createdAt: 1_000 });
      for (const client of [unused, ...kept, authorized]) await at.store.clients.add(client);
      await at.store.codes.save(aCode({ clientId: authorized.id, expiresAt: now * 2 }));
      assert.equal(await at.store.collect(now, { ...never, unused: 5_000 }, 100), 1);
      assert.equal(await at.store.clients.find(unused.id), undefined);
      for (const { id } of [...kept, authorized]) assert.ok(await at.store.clients.find(id));
    });

    it("deletes documents that were not fetched lately, unless a person granted their client something", async () => {
      const [unused, granted, recent] = [aDocument(), aDocument(), aDocument({ fetchedAt: 7_000 })];
      for (const document of [unused, granted, recent]) await at.store.documents.put(document);
      await at.store.grants.consent("acc_1", granted.url, [], 1_000);
      assert.equal(await at.store.collect(now, { ...never, unused: 5_000 }, 100), 1);
      assert.equal(await at.store.documents.find(unused.url), undefined);
      assert.ok(await at.store.documents.find(granted.url));
      assert.ok(await at.store.documents.find(recent.url));
    });

    it("deletes at most as many rows of a table as it was told", async () => {
      for (let index = 0; index < 25; index++)
        await at.store.interactions.begin(anInteraction({ expiresAt: 5 }));
      assert.equal(await at.store.collect(now, never, 10), 10);
      assert.equal(await at.store.collect(now, never, 10), 10);
      assert.equal(await at.store.collect(now, never, 10), 5);
    });

    it("deletes audit events of before the time that it was told, the oldest first, and never the newest", async () => {
      const { journal, collect } = at.store;
      const times = [100, 101, 103, 102, 200, 99, 201];
      for (const time of times)
        await journal.append([{ at: time, what: "token.issued", grantId: 4_711 }], []);
      const left = async () => (await journal.eventsOfGrant(4_711, 100)).map((event) => event.at).reverse();
      const events = (since: number) => ({ ...never, events: since });

      assert.equal(await collect(now, events(103), 2), 2);
      assert.deepEqual(await left(), [103, 102, 200, 99, 201]);
      // What came late stands behind what is kept, and goes when that does.
      assert.equal(await collect(now, events(103), 2), 1);
      assert.equal(await collect(now, events(103), 1), 0);
      assert.deepEqual(await left(), [103, 200, 99, 201]);
      assert.equal(await collect(now, events(now), 100), 3);
      assert.equal(await collect(now, events(now), 100), 0);
      assert.deepEqual(await left(), [201]);
      await journal.append([{ at: 300, what: "token.issued", grantId: 4_711 }], []);
      assert.equal(await collect(now, events(201), 100), 0);
      assert.equal(await collect(now, events(202), 100), 1);
      assert.deepEqual(await left(), [300]);
    });
  });
}
