import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SqliteConnection } from "./connection.ts";
import { openSqlite } from "./database.ts";
import { GroupCommit } from "./group-commit.ts";
import { Versions } from "./versions.ts";

describe("the version of a table", () => {
  it("moves with the commit that wrote it, beside others in one group, and not with those of other tables", async (t) => {
    const db = await openSqlite(":memory:");
    t.after(() => db.close());
    const [roles, clients] = [db.versionOf("role"), db.versionOf("client", "code")];
    const put = { params: [], required: false, follows: false };
    const role = { ...put, sql: "INSERT INTO role (name, description, allows) VALUES ('a', '', '[]')" };
    const setting = { ...put, sql: "INSERT INTO setting (name, value) VALUES ('role_of', 'client_id')" };
    const before = [roles(), clients()];
    await Promise.all([db.commit(setting), db.commit(role)]);
    const after = [roles(), clients()];
    assert.deepEqual([before[0] === after[0], before[1] === after[1]], [false, true]);
    await db
      .commit(setting, { ...put, sql: "DELETE FROM role WHERE name = 'nobody'" })
      .catch(() => undefined);
    assert.deepEqual([roles(), clients()], after);
  });

  it("moves with upserts, with statements that begin by WITH, and with each of several statements", async (t) => {
    const db = await openSqlite(":memory:");
    t.after(() => db.close());
    const version = db.versionOf("role");
    const put = { params: [], required: false, follows: false };
    const upsert = `INSERT INTO role (name, description, allows) VALUES ('a', '', '[]')
      ON CONFLICT (name) DO UPDATE SET description = 'again'`;
    const setting = "INSERT INTO setting (name, value) VALUES ('a', 'b') ON CONFLICT DO NOTHING";
    for (const commit of [
      [upsert],
      [upsert],
      ["WITH one AS (SELECT 'x' AS y) UPDATE role SET description = (SELECT y FROM one)"],
      [setting, "REPLACE INTO role (name, description, allows) VALUES ('a', 'b', '[]')", setting],
      ["DELETE FROM role RETURNING name"],
    ]) {
      const before = version();
      await db.commit(...commit.map((sql) => ({ ...put, sql })));
      assert.notEqual(version(), before, commit.join());
    }
  });

  it("moves with a commit that is told as failed, since it may stand all the same", async (t) => {
    const connection = new SqliteConnection(":memory:");
    t.after(() => connection.close());
    connection.exec("CREATE TABLE role (name TEXT)");
    const versions = new Versions(connection);
    const version = versions.of("role");
    const before = version();
    const answerless = Object.create(connection, {
      exec: { value: (sql: string) => connection.exec(sql) },
      inTransaction: { get: () => connection.inTransaction },
      run: {
        value(sql: string) {
          const result = connection.run(sql, []);
          if (sql === "COMMIT") throw new Error("the answer was lost");
          return result;
        },
      },
    }) as SqliteConnection;
    const insert = { sql: "INSERT INTO role VALUES ('a')", params: [], required: false, follows: false };
    await assert.rejects(new GroupCommit(answerless, versions).add([insert]), /the answer was lost/);
    assert.equal(connection.all("SELECT name FROM role", []).length, 1);
    assert.notEqual(version(), before);
  });

  it("is asked of SQLite once in a turn of the event loop, and anew after each commit of this process", async () => {
    let asked = 0;
    const versions = new Versions({ dataVersion: () => ++asked });
    const [role, client] = [versions.of("role"), versions.of("client")];
    const elsewhere = new Versions({ dataVersion: () => 1 });
    const first = role();
    for (const _ of [1, 2, 3]) {
      await undefined;
      assert.deepEqual([role(), client()], [first, first]);
    }
    assert.equal(asked, 1);
    elsewhere.ended();
    assert.notEqual(role(), first);
    assert.equal(asked, 2);
    await new Promise(setImmediate);
    role();
    assert.equal(asked, 3);
  });

  it("moves with each turn while SQLite does not tell its own", async () => {
    const version = new Versions({
      dataVersion() {
        throw new Error("database is locked");
      },
    }).of("role");
    const one = version();
    await new Promise(setImmediate);
    assert.notEqual(version(), one);
  });
});
