import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { aMailedProof } from "../adapters/contract/people-records.ts";
import { aCode, aDevice, aHash, anInteraction, aSession, earnedBy } from "../adapters/contract/records.ts";
import type { SqlStore } from "../adapters/sql/store.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { isSameStore } from "./endings.ts";
import { dropUnfinished, passNumbers } from "./fresh-start.ts";
import { names } from "./manifest.ts";
import { aServerWithACopy } from "./testing/a-copy.ts";

function sequences(db: SqliteConnection, schema: string): Record<string, number> {
  const rows = db.all(`SELECT name, seq FROM ${schema}.sqlite_sequence`, []);
  return Object.fromEntries(rows.map(({ name, seq }) => [String(name), Number(seq)]));
}

describe("a database that is put back", () => {
  async function aCopy(t: TestContext, before: (store: SqlStore) => Promise<void>, since = before) {
    const places = await aServerWithACopy(t, before, since);
    const db = new SqliteConnection(places.file);
    t.after(() => db.close());
    db.run("ATTACH ? AS gone", [places.location]);
    return db;
  }
  const count = (db: SqliteConnection, table: string) =>
    Number(db.all(`SELECT count(*) AS n FROM main.${table}`, [])[0]?.n);

  it("loses what was under way, and keeps spent codes, so that their replay is recognised", async (t) => {
    const spent = aCode({ expiresAt: 100_000 });
    const db = await aCopy(
      t,
      async (store) => {
        await store.sessions.begin(aSession());
        await store.interactions.begin(anInteraction());
        await store.mailedProofs.put(aMailedProof());
        await store.setUpLinks.put({ hash: aHash(), createdAt: 1, expiresAt: 100_000 });
        for (const code of [spent, aCode()]) await store.codes.save(code);
        await store.codes.redeem(spent.codeHash, earnedBy(spent), 1_010);
        await store.deviceCodes.begin(aDevice());
        await store.settings.claim("out-of-service", "moved");
      },
      async () => undefined,
    );
    dropUnfinished(db);
    for (const table of ["session", "interaction", "set_up_link", "mailed_proof"])
      assert.equal(count(db, table), 0, table);
    assert.equal(count(db, "code"), 1);
    assert.equal(count(db, "device_code"), 0);
    assert.equal(db.all("SELECT 1 FROM main.setting WHERE name = 'out-of-service'", []).length, 0);
  });

  it("gives no number twice, whether it knows how far the numbers went or not", async (t) => {
    const used = async (store: SqlStore) => {
      for (let turn = 0; turn < 3; turn++) {
        await store.lineages.nextId();
        await store.grants.consent("acc_1", `cli_${Math.random()}`, [], 1_000);
        await store.journal.append([{ at: 1_000, what: "x" }], []);
      }
    };
    const db = await aCopy(t, used);
    const numbers = (schema: string): Record<string, number> => ({
      block: Number(db.all(`SELECT next FROM ${schema}.id_block`, [])[0]?.next),
      ...sequences(db, schema),
    });
    const before = numbers("main");
    passNumbers(db, true);
    assert.deepEqual(numbers("main"), { ...before, ...numbers("gone") });
    const known = numbers("main");
    passNumbers(db, false);
    const passed = numbers("main");
    assert.equal(passed.block, (known.block ?? 0) + 1_000_000_000);
    assert.equal(passed.access_grant, (known.access_grant ?? 0) + 1_000_000_000);
  });

  it("is another server's when neither the id of the store nor a signing key says that it is the same", async (t) => {
    const db = await aCopy(t, async () => undefined);
    assert.equal(isSameStore(db), true);
    db.run("UPDATE gone.setting SET value = 'another' WHERE name = ?", [names.storeId]);
    assert.equal(isSameStore(db), false);
    db.run("DELETE FROM gone.setting WHERE name = ?", [names.storeId]);
    assert.equal(isSameStore(db), false);
  });
});
