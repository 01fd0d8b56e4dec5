import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { DatabaseSync } from "node:sqlite";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { aClient, aCode, aDocument, anAccount, aResource, aRotation, earnedBy } from "../contract/records.ts";
import { sqlitePlace } from "../contract/sqlite-place.ts";
import type { SqlStore } from "../sql/store.ts";
import { sqliteStore } from "./store.ts";

const permissions = [{ resource: "https://mcp.example.com", scopes: ["calendar:read"] }];
const allows = [{ resource: "https://mcp.example.com", scope: "calendar:read" }];

/** One row of each kind that a store remembers, all asked once, so that they are remembered. */
async function remembered(store: SqlStore) {
  const [account, client, document, resource] = [
    anAccount({ emailVerified: false }),
    aClient(),
    aDocument(),
    aResource(),
  ];
  await store.accounts.add(account);
  await store.clients.add(client);
  await store.documents.put(document);
  await store.resources.add(resource);
  await store.roles.put({ name: "trainer", description: "", allows });
  const { id: grantId } = await store.grants.consent(account.id, client.id, permissions, 1_000);
  const seen = async (by: SqlStore) => ({
    account: await by.accounts.find(account.id),
    client: await by.clients.find(client.id),
    document: await by.documents.find(document.url),
    grant: await by.grants.find(grantId),
    resource: await by.resources.find(resource.identifier),
    resources: await by.resources.list(),
    roles: await by.roles.list(),
  });
  await seen(store);
  return { account, client, document, resource, grantId, seen };
}

type Kept = Awaited<ReturnType<typeof remembered>>;

/** Every verb that writes what is remembered. */
const verbs: readonly { verb: string; run: (store: SqlStore, kept: Kept) => Promise<unknown> }[] = [
  {
    verb: "accounts.setDisabled",
    run: (store, { account }) => store.accounts.setDisabled(account.id, 2_000),
  },
  { verb: "accounts.setRoles", run: (store, { account }) => store.accounts.setRoles(account.id, []) },
  { verb: "accounts.setPassword", run: (store, { account }) => store.accounts.setPassword(account.id, "x") },
  {
    verb: "accounts.setProfile",
    run: (store, { account }) => store.accounts.setProfile(account.id, { name: "Other", locale: "de" }),
  },
  {
    verb: "accounts.setEmail",
    run: (store, { account }) => store.accounts.setEmail(account.id, `new.${account.email}`, account.email),
  },
  {
    verb: "accounts.verifyEmail",
    run: (store, { account }) => store.accounts.verifyEmail(account.id, account.email),
  },
  { verb: "accounts.remove", run: (store, { account }) => store.accounts.remove(account.id, 2_000) },
  {
    verb: "clients.replace",
    run: (store, { client }) => store.clients.replace({ ...client, disabledAt: 2_000 }),
  },
  { verb: "clients.remove", run: (store, { client }) => store.clients.remove(client.id, 2_000) },
  {
    verb: "codes.save",
    run: (store, { client }) => store.codes.save(aCode({ clientId: client.id, createdAt: 90_000 })),
  },
  { verb: "documents.put", run: (store, { document }) => store.documents.put({ ...document, etag: '"b"' }) },
  {
    verb: "grants.consent",
    run: (store, { account, client }) =>
      store.grants.consent(account.id, client.id, [{ resource: "https://b", scopes: ["x"] }], 2_000),
  },
  { verb: "grants.end", run: (store, { grantId }) => store.grants.end(grantId, 2_000) },
  { verb: "resources.add", run: (store) => store.resources.add(aResource()) },
  {
    verb: "resources.replace",
    run: (store, { resource }) => store.resources.replace({ ...resource, name: "Other" }, resource),
  },
  {
    verb: "resources.remove",
    run: (store, { resource }) => store.resources.remove(resource.identifier),
  },
  {
    verb: "roles.put",
    run: (store) => store.roles.put({ name: "trainer", description: "less", allows: [] }),
  },
  { verb: "roles.remove", run: (store) => store.roles.remove("trainer") },
  {
    verb: "collect",
    run: async (store, { document }) => {
      await store.documents.put({ ...document, fetchedAt: 1 });
      await store.documents.find(document.url);
      await store.collect(2, { unused: 10, events: 0 }, 100);
    },
  },
];

describe("rows that a SQLite store remembers", () => {
  const place = sqlitePlace();
  let here: SqlStore;
  let there: SqlStore;
  before(async () => {
    here = await (await place).open();
    there = await (await place).open();
  });
  after(async () => (await place).remove());
  let kept: Kept;
  beforeEach(async () => {
    await here.roles.remove("trainer");
    kept = await remembered(here);
    await kept.seen(there);
  });

  for (const { verb, run } of verbs) {
    it(`show what ${verb} wrote, at once, here and in every other store on the file`, async () => {
      const old = await kept.seen(here);
      await run(here, kept);
      const now = await kept.seen(here);
      assert.notDeepEqual(now, old);
      assert.deepEqual(await kept.seen(there), now);
      const unheard = await (await place).open();
      assert.deepEqual(await kept.seen(unheard), now);
      await unheard.close();
    });

    it(`show what another store wrote by ${verb} at the next read`, async () => {
      const old = await kept.seen(here);
      await run(there, kept);
      const now = await kept.seen(here);
      assert.notDeepEqual(now, old);
      assert.deepEqual(now, await kept.seen(there));
    });
  }

  it("show what another process wrote at the next read", async () => {
    assert.equal((await here.accounts.find(kept.account.id))?.disabledAt, null);
    const script = `
      const { sqliteStore } = await import(${JSON.stringify(new URL("./store.ts", import.meta.url).href)});
      const store = await sqliteStore(process.argv[1]);
      await store.accounts.setDisabled(process.argv[2], 2_000);
      await store.close();`;
    const flags = ["--conditions=valetkey-source", "--input-type=module-typescript", "--eval", script];
    await promisify(execFile)(process.execPath, [...flags, (await place).path, kept.account.id]);
    assert.equal((await here.accounts.find(kept.account.id))?.disabledAt, 2_000);
  });

  it("show what raw SQL of another connection wrote in another turn of the event loop", async () => {
    const other = new DatabaseSync((await place).path);
    for (const name of ["one", "two", "three"]) {
      other.prepare("UPDATE client SET name = ? WHERE id = ?").run(name, kept.client.id);
      await new Promise(setImmediate);
      for (const _ of [1, 2]) assert.equal((await here.clients.find(kept.client.id))?.name, name);
    }
    // The permissions of a grant go with it, although no statement names them.
    other.exec("PRAGMA foreign_keys = ON");
    other.prepare("DELETE FROM access_grant WHERE id = ?").run(kept.grantId);
    other.close();
    await new Promise(setImmediate);
    assert.equal(await here.grants.find(kept.grantId), undefined);
  });

  it("are one record for all who ask while nothing is written to their table, whatever is written elsewhere", async () => {
    const { account, client, grantId } = kept;
    const asked = () =>
      Promise.all([here.accounts.find(account.id), here.clients.find(client.id), here.grants.find(grantId)]);
    const [first, code] = [await asked(), aCode({ accountId: account.id, clientId: "cli_other", grantId })];
    const lineage = earnedBy(code);
    await here.codes.save(code);
    await here.codes.redeem(code.codeHash, lineage, 1_010);
    await here.lineages.rotate(lineage, aRotation());
    await here.journal.append([{ at: 1, what: "test" }], []);
    await here.settings.claim("client", "account");
    await here.lineages.end(lineage.id, "revoked", 1_600);
    for (const [index, one] of (await asked()).entries()) assert.ok(one === first[index]);
  });

  it("rest on a schema without triggers, in which only permissions go with another row", async () => {
    const db = new DatabaseSync((await place).path);
    const names = (sql: string) =>
      db
        .prepare(sql)
        .all()
        .map(({ name }) => String(name));
    assert.deepEqual(names("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"), []);
    const bound = names("SELECT name FROM sqlite_schema WHERE type = 'table'").filter(
      (table) => db.prepare("SELECT * FROM pragma_foreign_key_list(?)").all(table).length > 0,
    );
    db.close();
    assert.deepEqual(bound, ["permission"]);
  });
});

describe("a row that a SQLite store remembers, while its table is written", () => {
  for (const where of ["in a file", "in memory"]) {
    it(`${where} stands as committed until COMMIT returned, and then as written`, async () => {
      let held: Promise<void> | undefined;
      const options = { beforeCommit: () => held };
      const place = await sqlitePlace(options);
      const store = where === "in memory" ? await sqliteStore(":memory:", options) : await place.open();
      const { account } = await remembered(store);
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      const written = store.accounts.setDisabled(account.id, 2_000);
      await pause(30);
      assert.equal((await store.accounts.find(account.id))?.disabledAt, null);
      held = undefined;
      resolve();
      await written;
      assert.equal((await store.accounts.find(account.id))?.disabledAt, 2_000);
      await store.close();
      await place.remove();
    });

    it(`${where} is not kept from a read that ran while the commit was under way`, async () => {
      let held: Promise<void> | undefined;
      const options = { beforeCommit: () => held };
      const place = await sqlitePlace(options);
      const store = where === "in memory" ? await sqliteStore(":memory:", options) : await place.open();
      const account = anAccount();
      await store.accounts.add(account);
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      const written = store.accounts.setDisabled(account.id, 2_000);
      await pause(30);
      const meanwhile = store.accounts.find(account.id);
      await pause(10);
      held = undefined;
      resolve();
      const [, found] = await Promise.all([written, meanwhile]);
      assert.equal(found?.disabledAt, where === "in memory" ? 2_000 : null);
      assert.equal((await store.accounts.find(account.id))?.disabledAt, 2_000);
      await store.close();
      await place.remove();
    });
  }

  it("is as it was after a commit that failed, and as written after the next", async () => {
    let failing = false;
    const place = await sqlitePlace({
      beforeCommit: () => {
        if (failing) throw new Error("the disk is gone");
      },
    });
    const store = await place.open();
    const { account } = await remembered(store);
    failing = true;
    await assert.rejects(store.accounts.setDisabled(account.id, 2_000));
    assert.equal((await store.accounts.find(account.id))?.disabledAt, null);
    failing = false;
    await store.accounts.setDisabled(account.id, 3_000);
    assert.equal((await store.accounts.find(account.id))?.disabledAt, 3_000);
    await place.remove();
  });

  it("in memory is not told as a commit wrote it that failed in the end", async () => {
    let held: Promise<void> | undefined;
    const store = await sqliteStore(":memory:", { beforeCommit: () => held });
    const account = anAccount();
    await store.accounts.add(account);
    const { promise, reject } = Promise.withResolvers<void>();
    held = promise;
    const written = store.accounts.setDisabled(account.id, 2_000);
    await pause(30);
    const meanwhile = store.accounts.find(account.id);
    reject(new Error("the disk is gone"));
    await assert.rejects(written, /the disk is gone/);
    assert.equal((await meanwhile)?.disabledAt, null);
    await store.close();
  });

  it("is told by no store that was closed", async () => {
    const place = await sqlitePlace();
    const store = await place.open();
    const { account } = await remembered(store);
    await store.close();
    await assert.rejects(store.accounts.find(account.id));
    await place.remove();
  });
});
