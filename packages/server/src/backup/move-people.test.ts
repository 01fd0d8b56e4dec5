import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { aMailedProof, anIdentity, aOneTimePassword, aPasskey } from "../adapters/contract/people-records.ts";
import { aHash, anAccount, anInteraction, aSession } from "../adapters/contract/records.ts";
import { sqlitePlace } from "../adapters/contract/sqlite-place.ts";
import { postgresStore } from "../adapters/postgres/store.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { requireSame } from "./move-check.ts";
import { copyTable, tablesOf } from "./move-table.ts";

describe("a move of what people have", () => {
  let database: TestDatabase;
  let source: Awaited<ReturnType<typeof sqlitePlace>>;
  before(async () => {
    database = await freshDatabase();
    source = await sqlitePlace();
  });
  after(async () => {
    await source.remove();
    await database.drop();
  });

  it("carries every row of theirs, whatever its key is made of", async () => {
    const account = anAccount({ locale: "pt-BR" });
    const accountId = account.id;
    const [session, passkey, identity] = [
      aSession({ accountId }),
      aPasskey({ accountId, isSynced: false }),
      anIdentity({ accountId, email: null }),
    ];
    const [secret, proof] = [aOneTimePassword({ accountId }), aMailedProof({ accountId })];
    const interaction = anInteraction({
      progress: { email: "ada@example.com", methods: ["pwd"] },
      version: 3,
    });
    const codes = Array.from({ length: 10 }, aHash);
    const from = await source.open();
    await from.accounts.add(account);
    await from.sessions.begin(session);
    await from.interactions.begin(interaction);
    await from.passkeys.add(passkey);
    await from.identities.add(identity);
    await from.oneTimePasswords.add(secret);
    await from.recoveryCodes.replace(accountId, codes);
    await from.mailedProofs.put(proof);
    await from.close();

    const store = await postgresStore(database.url);
    await copyAll();
    assert.deepEqual(await store.accounts.find(accountId), account);
    assert.deepEqual(await store.sessions.listOf(accountId), [session]);
    assert.deepEqual(await store.interactions.find(interaction.id), interaction);
    assert.deepEqual(await store.passkeys.listOf(accountId), [passkey]);
    assert.deepEqual(await store.identities.listOf(accountId), [identity]);
    assert.deepEqual(await store.oneTimePasswords.find(accountId), secret);
    assert.deepEqual(await store.mailedProofs.findByLink(proof.linkHash ?? ""), proof);
    assert.equal(await store.recoveryCodes.left(accountId), 10);
    assert.equal(await store.recoveryCodes.spend(accountId, codes[9] ?? ""), true);
    await store.close();
  });

  async function copyAll(): Promise<void> {
    const db = new SqliteConnection(source.path);
    const types = {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === 20 ? Number : pg.types.getTypeParser(type, format as "text"),
    };
    const target = new pg.Client({ connectionString: database.url, types });
    await target.connect();
    for (const table of tablesOf(db)) {
      // Twice: what an earlier run wrote is found by the whole key, and not written again.
      for (const _ of [1, 2]) await copyTable(db, target, table, () => undefined);
      await requireSame(db, target, table);
    }
    await target.end();
    db.close();
  }
});
