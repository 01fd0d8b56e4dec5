import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changeClient } from "../../operations/change-client.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aClient, aCode, aDocument, aResource, earnedBy } from "./records.ts";

export function partiesContract(at: Opened): void {
  describe("clients", () => {
    for (const [what, client] of [
      [
        "everything set",
        aClient({
          lastAuthorizedAt: 5,
          disabledAt: 6,
          refreshGrace: 0,
          actsAt: ["https://b.example"],
          boundTokens: true,
        }),
      ],
      [
        "everything empty",
        aClient({ applicationType: null, scope: null, jwks: null, logoUri: null, secrets: [] }),
      ],
    ] as const) {
      it(`gives a client with ${what} back as it was added`, async () => {
        assert.equal(await at.store.clients.add(client), true);
        assert.deepEqual(await at.store.clients.find(client.id), client);
      });
    }

    it("lets one of fifty simultaneous clients have an id", async () => {
      const { id } = aClient();
      const names = Array.from({ length: 50 }, (_, index) => `client ${index}`);
      const added = await Promise.all(names.map((name) => at.store.clients.add(aClient({ id, name }))));
      assert.equal(count(added, true), 1);
      assert.equal((await at.store.clients.find(id))?.name, names[added.indexOf(true)]);
    });

    it("replaces all but id, kind, creation and last authorization", async () => {
      const client = aClient({ lastAuthorizedAt: 1_200 });
      await at.store.clients.add(client);
      const changed = aClient({
        id: client.id,
        name: "New",
        scope: null,
        kind: "self-registered",
        createdAt: 1,
        disabledAt: 3,
      });
      assert.equal(await at.store.clients.replace(changed), true);
      const { kind, createdAt, lastAuthorizedAt } = client;
      assert.deepEqual(await at.store.clients.find(client.id), {
        ...changed,
        kind,
        createdAt,
        lastAuthorizedAt,
      });
      assert.equal(await at.store.clients.replace(aClient()), false);
    });

    it("replaces a client that was read before only while it is as it was read, nothing stated included", async () => {
      for (const given of [
        { lastAuthorizedAt: 1_200, disabledAt: 6, refreshGrace: 0 },
        { applicationType: null, scope: null, jwks: null, logoUri: null, secrets: [], name: "a\0b 'é" },
      ]) {
        const seen = aClient(given);
        const changed = { ...seen, name: "Changed" };
        assert.equal(await at.store.clients.replace(changed, seen), false, "there is none");
        await at.store.clients.add(seen);
        // A person's authorization changes nothing that an operator does.
        await at.store.codes.save(aCode({ clientId: seen.id, createdAt: 90_000 }));
        assert.equal(await at.store.clients.replace(changed, seen), true);
        assert.equal(await at.store.clients.replace({ ...seen, disabledAt: 7 }, seen), false);
        const stands = await at.store.clients.find(seen.id);
        assert.deepEqual([stands?.name, stands?.disabledAt], ["Changed", seen.disabledAt]);
      }
    });

    it("lets each of twenty operators who change one client at once keep what they changed", async () => {
      const client = aClient({ redirectUris: [] });
      await at.store.clients.add(client);
      const uris = Array.from({ length: 20 }, (_, index) => `https://app.example.com/${index}`);
      await Promise.all(
        uris.map((uri) =>
          changeClient(at.store.clients, client.id, (before) => ({
            client: { ...before, redirectUris: [...before.redirectUris, uri] },
          })),
        ),
      );
      const found = await at.store.clients.find(client.id);
      assert.deepEqual(found?.redirectUris.toSorted(), uris.toSorted());
      assert.equal(await changeClient(at.store.clients, "cli_none", (it) => ({ client: it })), undefined);
    });

    it("lists clients in the order of creation", async () => {
      const clients = [3, 1, 2].map((createdAt) => aClient({ createdAt }));
      for (const client of clients) await at.store.clients.add(client);
      assert.deepEqual(
        (await at.store.clients.list())
          .filter(({ createdAt }) => createdAt <= 3)
          .map(({ createdAt }) => createdAt),
        [1, 2, 3],
      );
    });

    it("takes codes, grants and lineages along when a client goes, and no other client's", async () => {
      const [gone, stays] = [aClient(), aClient()];
      const kept = await Promise.all(
        [gone, stays].map(async ({ id }) => {
          await at.store.clients.add(aClient({ id }));
          const grant = await at.store.grants.consent("acc_1", id, [{ resource: "r", scopes: ["a"] }], 1_000);
          const [spent, waiting] = [
            aCode({ clientId: id, grantId: grant.id }),
            aCode({ clientId: id, grantId: grant.id }),
          ];
          await at.store.codes.save(spent);
          await at.store.codes.save(waiting);
          const lineage = earnedBy(spent);
          await at.store.codes.redeem(spent.codeHash, lineage, 1_010);
          return { grant, waiting, lineage };
        }),
      );
      assert.equal(await at.store.clients.remove(gone.id, 1_100), true);
      assert.equal(await at.store.clients.remove(gone.id, 1_101), false);
      assert.equal(await at.store.clients.find(gone.id), undefined);
      const seen = await Promise.all(
        kept.map(async ({ grant, waiting, lineage }) => [
          (await at.store.grants.find(grant.id)) !== undefined,
          (await at.store.codes.find(waiting.codeHash)) !== undefined,
          (await at.store.lineages.find(lineage.id))?.endReason,
        ]),
      );
      assert.deepEqual(seen, [
        [false, false, "client.removed"],
        [true, true, null],
      ]);
    });
  });

  describe("client documents", () => {
    it("gives a document back, and its newest form after another fetch, first seen when it was", async () => {
      const document = aDocument({ etag: null });
      await at.store.documents.put(document);
      assert.deepEqual(await at.store.documents.find(document.url), document);
      const again = aDocument({ url: document.url, firstSeenAt: 9_000, fetchedAt: 9_000, freshUntil: 9_900 });
      await at.store.documents.put(again);
      assert.deepEqual(await at.store.documents.find(document.url), {
        ...again,
        firstSeenAt: document.firstSeenAt,
      });
      assert.equal(await at.store.documents.find("https://agent.example.com/none"), undefined);
    });

    it("keeps one of a hundred simultaneous fetches whole", async () => {
      const { url } = aDocument();
      await atOnce(100, (index) =>
        at.store.documents.put(aDocument({ url, etag: `${index}`, fetchedAt: index })),
      );
      const found = await at.store.documents.find(url);
      assert.equal(found?.etag, String(found?.fetchedAt));
    });
  });

  describe("resources", () => {
    it("adds a resource once, lists, replaces and removes it", async () => {
      const resource = aResource({ accessTokenLifetime: 300, tokenFormat: "opaque" });
      assert.equal(await at.store.resources.add(resource), true);
      assert.equal(await at.store.resources.add(aResource({ identifier: resource.identifier })), false);
      assert.deepEqual(await at.store.resources.find(resource.identifier), resource);
      const changed = { ...resource, name: "Calendars", defaultScopes: [] };
      assert.equal(await at.store.resources.replace(changed), true);
      assert.deepEqual(await at.store.resources.list(), [changed]);
      assert.equal(await at.store.resources.remove(resource.identifier), true);
      assert.equal(await at.store.resources.remove(resource.identifier), false);
      assert.equal(await at.store.resources.replace(changed), false);
      assert.deepEqual(await at.store.resources.list(), []);
    });

    it("replaces a resource that was read before only while it is as it was read", async () => {
      const seen = aResource({ accessTokenLifetime: null });
      const changed = { ...seen, name: "Changed", accessTokenLifetime: 60 };
      assert.equal(await at.store.resources.replace(changed, seen), false, "there is none");
      await at.store.resources.add(seen);
      assert.equal(await at.store.resources.replace(changed, seen), true);
      assert.equal(await at.store.resources.replace({ ...seen, name: "Late" }, seen), false);
      assert.deepEqual(await at.store.resources.find(seen.identifier), changed);
      assert.equal(await at.store.resources.replace(seen, changed), true);
      assert.deepEqual(await at.store.resources.find(seen.identifier), seen);
      await at.store.resources.remove(seen.identifier);
    });

    it("tells identifiers apart that differ by a slash or by case", async () => {
      const one = aResource();
      await at.store.resources.add(one);
      assert.equal(await at.store.resources.find(`${one.identifier}/`), undefined);
      assert.equal(await at.store.resources.find(one.identifier.toUpperCase()), undefined);
    });
  });
}
