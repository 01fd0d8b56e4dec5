import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { aClient, anAccount } from "../adapters/contract/records.ts";
import { postgresStore } from "../adapters/postgres/store.ts";
import { outOfService } from "../adapters/sql/withdrawn.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { aFolder } from "../cli/testing/a-process.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { requireSame } from "./move-check.ts";
import { copyTable, type Table, tablesOf } from "./move-table.ts";
import { requireTarget } from "./move-target.ts";

describe("a move into PostgreSQL", () => {
  let database: TestDatabase;
  let target: pg.Client;
  let source: SqliteConnection;
  let tables: readonly Table[];
  const clients = () => tables.find(({ name }) => name === "client") ?? assert.fail();

  before(async () => {
    const file = `${await aFolder()}/a.sqlite`;
    const store = await sqliteStore(file);
    for (let index = 0; index < 3; index++) await store.clients.add(aClient({ jwks: null }));
    await store.accounts.add(anAccount());
    await store.close();
    source = new SqliteConnection(file);
    tables = tablesOf(source);
    database = await freshDatabase();
    await (await postgresStore(database.url)).close();
    const types = {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === 20 ? Number : pg.types.getTypeParser(type, format as "text"),
    };
    target = new pg.Client({ connectionString: database.url, types });
    await target.connect();
  });
  after(async () => {
    source.close();
    await target.end();
    await database.drop();
  });

  it("runs once at a time, into an empty database or one that it began with itself", async () => {
    const other = new pg.Client(database.url);
    await other.connect();
    await other.query("INSERT INTO role (name, description, allows) VALUES ('r', '', '[]')");
    await assert.rejects(requireTarget(other, tables, "store"), /is not empty: role has 1 rows/);
    await other.query("DELETE FROM role");
    assert.equal(await requireTarget(other, tables, "store"), false);
    await assert.rejects(requireTarget(target, tables, "store"), /Another move .* runs now/);
    await other.end();
    await waitForLock();
    await assert.rejects(requireTarget(target, tables, "another"), /filled by a move of another store/);
    assert.equal(await requireTarget(target, tables, "store"), false, "begun, not finished");
    await target.query("DELETE FROM setting WHERE name = $1", [outOfService]);
    assert.equal(await requireTarget(target, tables, "store"), true, "finished");
  });

  it("goes on behind the last row that an earlier run wrote", async () => {
    const told: number[] = [];
    await copyTable(source, target, clients(), (rows) => told.push(rows));
    assert.deepEqual(told, [3]);
    await target.query("DELETE FROM client WHERE number = (SELECT max(number) FROM client)");
    await copyTable(source, target, clients(), (rows) => told.push(rows));
    assert.deepEqual(told, [3, 1]);
    assert.equal(await requireSame(source, target, clients()), 3);
  });

  for (const { given, change, back, says } of [
    {
      given: "there are more rows",
      change: `SELECT setval(pg_get_serial_sequence('account', 'number'), 1000); INSERT INTO account (id, email, email_verified, name, roles, created_at) VALUES ('a', 'b', 1, '', '[]', 1)`,
      back: "DELETE FROM account",
      says: /^account has 1 rows here and 2 there\./,
    },
    {
      given: "a text differs",
      change: "UPDATE client SET name = 'Another'",
      back: "UPDATE client SET name = 'An agent'",
      says: /^A row of client differs in name\./,
    },
    {
      given: "NULL became the word",
      change: "UPDATE client SET jwks = 'null'",
      back: "UPDATE client SET jwks = NULL",
      says: /^A row of client differs in jwks\./,
    },
    {
      given: "a row has another number",
      change:
        "SELECT setval(pg_get_serial_sequence('client', 'number'), 1000); UPDATE client SET number = DEFAULT WHERE number = 1",
      back: "DELETE FROM client",
      says: /^A row of client differs in number\. The SQLite database is unchanged/,
    },
  ]) {
    it(`is refused at the end when ${given}, and the sentence names no value`, async () => {
      const table = /account/.test(change) ? tables.find(({ name }) => name === "account") : clients();
      if (table && table.name === "account") await copyTable(source, target, table, () => undefined);
      await target.query(change);
      await assert.rejects(requireSame(source, target, table ?? assert.fail()), (thrown: Error) => {
        assert.match(thrown.message, says);
        assert.doesNotMatch(thrown.message, /cli_|Another/);
        return true;
      });
      await target.query(back);
    });
  }

  /** The lock of a connection that ended goes a moment later. */
  async function waitForLock(): Promise<void> {
    for (let free = false; !free; ) {
      const { rows } = await target.query(
        "SELECT count(*) AS held FROM pg_locks WHERE locktype = 'advisory'",
      );
      free = Number(rows[0]?.held) === 0;
    }
  }
});
