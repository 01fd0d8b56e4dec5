import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { aClient, aCode, aHash, anAccount, aRotation, earnedBy } from "../adapters/contract/records.ts";
import type { SqlStore } from "../adapters/sql/store.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Client } from "../records/client.ts";
import type { Lineage } from "../records/lineage.ts";
import { carryEndings, type Endings, isSameStore } from "./endings.ts";
import { names, putSetting } from "./manifest.ts";
import { aServerWithACopy } from "./testing/a-copy.ts";

/** When the copy is put back. */
const now = 9_000;

/** What stands after the copy took over what the store knew. */
async function restored(t: TestContext, { location, file }: { location: string; file: string }) {
  const db = new SqliteConnection(file);
  db.run("ATTACH ? AS gone", [location]);
  assert.equal(isSameStore(db), true);
  const carried = carryEndings(db, now);
  db.close();
  const store = await sqliteStore(file);
  t.after(() => store.close());
  return { store, carried };
}

const none: Endings = {
  lineages_ended: 0,
  lineages_moved_on: 0,
  grants_ended: 0,
  clients_removed: 0,
  clients_disabled: 0,
  client_secrets_replaced: 0,
  accounts_removed: 0,
  accounts_disabled: 0,
  passwords_replaced: 0,
  addresses_replaced: 0,
  second_factors_replaced: 0,
  passkeys_removed: 0,
  identities_unlinked: 0,
  roles_taken_away: 0,
  tokens_revoked: 0,
};

/** A person's device: client and account as given, grant, code that is spent, lineage. */
async function aDevice(store: SqlStore, clientId: string, accountId: string): Promise<Lineage> {
  const permissions = [{ resource: "https://mcp.example.com", scopes: ["a"] }];
  const grant = await store.grants.consent(accountId, clientId, permissions, 1_000);
  const code = aCode({ clientId, accountId, grantId: grant.id, expiresAt: 100_000 });
  await store.codes.save(code);
  const lineage = earnedBy(code);
  await store.codes.redeem(code.codeHash, lineage, 1_010);
  return lineage;
}

describe("what a restore takes over from the replaced database", () => {
  it("is nothing when nothing ended, and nothing new comes in", async (t) => {
    const [client, account] = [aClient(), anAccount()];
    const fresh = anAccount({ createdAt: 3_000 });
    let lineage: Lineage | undefined;
    const { store, carried } = await restored(
      t,
      await aServerWithACopy(
        t,
        async (store) => {
          await store.clients.add(client);
          await store.accounts.add(account);
          lineage = await aDevice(store, client.id, account.id);
        },
        async (store) => {
          await store.accounts.add(fresh);
          await store.accounts.setRoles(account.id, [...account.roles, "administrator"]);
          await store.clients.replace({ ...client, name: "Changed", redirectUris: [] });
          await store.grants.consent(fresh.id, client.id, [], 3_000);
        },
      ),
    );
    assert.deepEqual(carried, none);
    assert.equal(await store.accounts.find(fresh.id), undefined);
    assert.deepEqual(await store.accounts.find(account.id), account);
    assert.equal((await store.clients.find(client.id))?.name, client.name);
    assert.deepEqual(await store.lineages.find(lineage?.id ?? 0), lineage);
    assert.equal(await store.grants.findFor(fresh.id, client.id), undefined);
  });

  it("is the generation of each living lineage, its late answers, and each end with its reason", async (t) => {
    const lineages: Lineage[] = [];
    const places = await aServerWithACopy(
      t,
      async (store) => {
        for (const account of ["acc_1", "acc_2", "acc_3", "acc_4"])
          lineages.push(await aDevice(store, "https://agent.example.com/c", account));
        const [, , , ended] = lineages;
        await store.lineages.end(ended?.id ?? 0, "signed-out", 1_500);
      },
      async (store) => {
        const [moved, late, revoked] = lineages as [Lineage, Lineage, Lineage];
        assert.ok(await store.lineages.rotate(moved, aRotation()));
        const counted = aRotation({ ...late, lateAnswers: [{ generation: 0, at: 3_000 }] });
        assert.ok(await store.lineages.rotate(late, counted));
        assert.ok(await store.lineages.rotate(revoked, aRotation({ generation: 7 })));
        assert.ok(await store.lineages.end(revoked.id, "revoked", 3_100));
      },
    );
    const { store, carried } = await restored(t, places);
    assert.deepEqual(carried, { ...none, lineages_moved_on: 3, lineages_ended: 1 });
    const [moved, late, revoked, ended] = await Promise.all(
      lineages.map(({ id }) => store.lineages.find(id)),
    );
    const { generation, keyId, previousKeyId, superseded, lateAnswers } = aRotation();
    assert.deepEqual(
      [moved?.generation, moved?.keyId, moved?.previousKeyId, moved?.superseded, moved?.lateAnswers],
      [generation, keyId, previousKeyId, superseded, lateAnswers],
    );
    assert.deepEqual([late?.generation, late?.lateAnswers], [1, [{ generation: 0, at: 3_000 }]]);
    assert.deepEqual([revoked?.endReason, revoked?.endedAt], ["revoked", 3_100]);
    assert.deepEqual([ended?.endReason, ended?.endedAt], ["signed-out", 1_500]);
  });

  it("leaves a lineage alone whose number another one has there", async (t) => {
    let lineage: Lineage | undefined;
    const places = await aServerWithACopy(
      t,
      async (store) => {
        lineage = await aDevice(store, "https://agent.example.com/c", "acc_1");
      },
      async (store) => {
        await store.lineages.rotate(lineage as Lineage, aRotation());
        await store.lineages.end(lineage?.id ?? 0, "revoked", 3_000);
      },
    );
    const gone = new SqliteConnection(places.location);
    gone.run("UPDATE lineage SET secret = 'another'", []);
    gone.close();
    const { store, carried } = await restored(t, places);
    assert.deepEqual(carried, none);
    assert.deepEqual(await store.lineages.find(lineage?.id ?? 0), lineage);
  });

  it("is that a client was removed, disabled, or got another secret", async (t) => {
    const [removed, disabled, rotated, enabled] = [
      aClient(),
      aClient(),
      aClient(),
      aClient({ disabledAt: 1_500 }),
    ] as [Client, Client, Client, Client];
    const secrets = [{ hash: aHash(), createdAt: 3_000, expiresAt: null }];
    let lineage: Lineage | undefined;
    const waiting = aCode({ clientId: removed.id, expiresAt: 100_000 });
    const places = await aServerWithACopy(
      t,
      async (store) => {
        for (const client of [removed, disabled, rotated, enabled]) await store.clients.add(client);
        lineage = await aDevice(store, removed.id, "acc_1");
        await store.codes.save(waiting);
      },
      async (store) => {
        await store.clients.remove(removed.id, 3_000);
        await store.clients.replace({ ...disabled, disabledAt: 3_001 });
        await store.clients.replace({ ...rotated, secrets });
        await store.clients.replace({ ...enabled, disabledAt: null });
        await store.journal.append([{ at: 3_002, what: "client.removed", clientId: removed.id }], []);
      },
    );
    const { store, carried } = await restored(t, places);
    assert.deepEqual(carried, {
      ...{ ...none, lineages_ended: 1, clients_removed: 1, clients_disabled: 1, client_secrets_replaced: 1 },
    });
    assert.equal(await store.clients.find(removed.id), undefined);
    assert.equal(await store.grants.findFor("acc_1", removed.id), undefined);
    assert.equal(await store.codes.find(waiting.codeHash), undefined);
    assert.ok((await store.lineages.find(lineage?.id ?? 0))?.endedAt);
    assert.equal((await store.clients.find(disabled.id))?.disabledAt, 3_001);
    assert.deepEqual((await store.clients.find(rotated.id))?.secrets, secrets);
    assert.equal((await store.clients.find(enabled.id))?.disabledAt, 1_500, "no right comes back by itself");
  });

  it("is that a grant was ended, with its codes, also where its lineage is no more", async (t) => {
    const devices: Lineage[] = [];
    const waiting = aCode({ expiresAt: 100_000 });
    const places = await aServerWithACopy(
      t,
      async (store) => {
        for (const account of ["acc_1", "acc_2", "acc_3"])
          devices.push(await aDevice(store, "https://agent.example.com/c", account));
        await store.codes.save({ ...waiting, grantId: devices[0]?.grantId ?? 0 });
      },
      async (store) => {
        for (const { grantId } of devices.slice(0, 2)) await store.grants.end(grantId, 3_000);
        await store.journal.append([{ at: 3_000, what: "grant.ended" }], []);
      },
    );
    const gone = new SqliteConnection(places.location);
    gone.run("DELETE FROM lineage WHERE id = ?", [devices[1]?.id ?? 0]);
    gone.close();
    const { store, carried } = await restored(t, places);
    assert.deepEqual(carried, { ...none, lineages_ended: 1, grants_ended: 2 });
    assert.deepEqual(
      await Promise.all(devices.map(async ({ id }) => (await store.lineages.find(id))?.endReason)),
      ["grant.ended", "grant.ended", null],
    );
    assert.equal(await store.grants.find(devices[0]?.grantId ?? 0), undefined);
    assert.ok(await store.grants.find(devices[2]?.grantId ?? 0));
    assert.equal(await store.codes.find(waiting.codeHash), undefined);
  });

  it("is that an account was disabled or removed, lost a role, or got another password", async (t) => {
    const [disabled, removed, ada] = [
      anAccount(),
      anAccount(),
      anAccount({ roles: ["trainer", "administrator", "staff"], passwordHash: "$old" }),
    ];
    const invited = anAccount({ passwordHash: null });
    const lineages: Lineage[] = [];
    const places = await aServerWithACopy(
      t,
      async (store) => {
        for (const account of [disabled, removed, ada, invited]) {
          await store.accounts.add(account);
          lineages.push(await aDevice(store, "https://agent.example.com/c", account.id));
        }
      },
      async (store) => {
        await store.accounts.setDisabled(disabled.id, 3_000);
        await store.accounts.setRoles(ada.id, ["staff", "trainer", "new"]);
        await store.accounts.setPassword(ada.id, "$new");
        await store.accounts.setPassword(invited.id, "$first");
        await store.journal.append([{ at: 3_000, what: "account.disabled" }], []);
      },
    );
    const gone = new SqliteConnection(places.location);
    gone.run("DELETE FROM account WHERE id = ?", [removed.id]);
    gone.run("UPDATE lineage SET ended_at = NULL, end_reason = NULL", []);
    gone.close();
    const { store, carried } = await restored(t, places);
    assert.deepEqual(carried, {
      ...{ ...none, accounts_removed: 1, accounts_disabled: 1 },
      ...{ passwords_replaced: 2, roles_taken_away: 1 },
    });
    const found = async (id: string) => (await store.accounts.find(id)) ?? assert.fail(id);
    assert.equal((await found(disabled.id)).disabledAt, now);
    assert.equal(await store.accounts.find(removed.id), undefined);
    assert.equal(await store.grants.findFor(removed.id, "https://agent.example.com/c"), undefined);
    assert.deepEqual((await found(ada.id)).roles.toSorted(), ["staff", "trainer"]);
    assert.deepEqual(
      [(await found(ada.id)).passwordHash, (await found(invited.id)).passwordHash],
      ["$new", "$first"],
    );
    assert.deepEqual(
      await Promise.all(lineages.map(async ({ id }) => (await store.lineages.find(id))?.endReason)),
      ["account.disabled", "account.removed", null, null],
    );
  });

  it("is what a role no longer allows", async (t) => {
    const allows = ["a", "b"].flatMap((scope) => ["r", "s"].map((resource) => ({ resource, scope })));
    const places = await aServerWithACopy(
      t,
      async (store) => {
        for (const name of ["less", "gone", "same"])
          await store.roles.put({ name, description: name, allows });
      },
      async (store) => {
        const left = [
          { resource: "r", scope: "b" },
          { resource: "s", scope: "c" },
        ];
        await store.roles.put({ name: "less", description: "", allows: left });
        await store.roles.remove("gone");
      },
    );
    const { store } = await restored(t, places);
    assert.deepEqual(await store.roles.list(), [
      { name: "gone", description: "gone", allows: [] },
      { name: "less", description: "less", allows: [{ resource: "r", scope: "b" }] },
      { name: "same", description: "same", allows },
    ]);
  });

  it("is each revoked access token, and each assertion and proof of possession that was used", async (t) => {
    const places = await aServerWithACopy(
      t,
      async (store) => store.accessTokens.revoke("early", 100_000, 1_000),
      async (store) => {
        await store.accessTokens.revoke("late", 100_000, 1_000);
        await store.assertions.spend("cli_1", "late", 100_000);
        await store.proofs.spend("a-thumbprint", "late", 100_000);
      },
    );
    const { store, carried } = await restored(t, places);
    assert.deepEqual(carried, { ...none, tokens_revoked: 1 });
    assert.deepEqual(await Promise.all(["early", "late"].map((jti) => store.accessTokens.isRevoked(jti))), [
      true,
      true,
    ]);
    assert.equal(await store.assertions.spend("cli_1", "late", 100_000), "replayed");
    assert.equal(await store.proofs.spend("a-thumbprint", "late", 100_000), "replayed");
  });

  it("is an end also when every event of that time is collected: the newest one is kept and says how long it was used", async (t) => {
    let lineage: Lineage | undefined;
    const places = await aServerWithACopy(
      t,
      async (store) => {
        lineage = await aDevice(store, "https://agent.example.com/c", "acc_1");
      },
      async (store) => {
        const { id } = await store.grants.consent("acc_1", "https://agent.example.com/c", [], 3_000);
        await store.grants.end(id, 3_000);
        await store.journal.append([{ at: 3_000, what: "grant.ended" }], []);
        while ((await store.collect(2_500, { unused: 0, events: 1e9 }, 100)) > 0);
      },
    );
    const gone = new SqliteConnection(places.location);
    // Nothing but that event tells of a time after the grant was made.
    gone.run("DELETE FROM lineage", []);
    gone.close();
    const { store, carried } = await restored(t, places);
    assert.equal(carried.grants_ended, 1);
    assert.equal((await store.lineages.find(lineage?.id ?? 0))?.endReason, "grant.ended");
  });

  it("is nothing of what never was there: what is younger than its newest row, or was made between its own copy and restore", async (t) => {
    const places = await aServerWithACopy(
      t,
      async (store) => {
        for (const createdAt of [1_000, 1_500, 5_000])
          await store.clients.add(aClient({ createdAt, id: `at_${createdAt}` }));
      },
      async (store) => {
        for (const { id } of await store.clients.list()) await store.clients.remove(id, 4_000);
        await store.journal.append([{ at: 4_000, what: "client.removed" }], []);
      },
    );
    const gone = new SqliteConnection(places.location);
    // That database was itself a copy of 1,200, put back at 1,700.
    putSetting(gone, names.madeAt, "1200");
    putSetting(gone, names.restoredAt, "1700");
    gone.close();
    const { store, carried } = await restored(t, places);
    assert.equal(carried.clients_removed, 1);
    assert.deepEqual(
      (await store.clients.list()).map(({ id }) => id),
      ["at_1500", "at_5000"],
    );
  });
});
