import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

describe("the test database", () => {
  let database: TestDatabase;
  let client: pg.Client;
  before(async () => {
    database = await freshDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  after(async () => {
    await client.end();
    await database.drop();
  });

  for (const { setting, value } of [
    { setting: "server_version", value: /^18\./ },
    { setting: "fsync", value: /^on$/ },
    { setting: "synchronous_commit", value: /^on$/ },
    { setting: "full_page_writes", value: /^on$/ },
  ]) {
    it(`runs with ${setting} ${value}`, async () => {
      const { rows } = await client.query(`SHOW ${setting}`);
      assert.match(rows[0][setting], value);
    });
  }

  it("is empty, and apart from any other", async () => {
    const other = await freshDatabase();
    assert.notEqual(other.url, database.url);
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'",
    );
    assert.equal(rows[0].n, 0);
    await other.drop();
    const gone = new pg.Client({ connectionString: other.url });
    await assert.rejects(gone.connect(), /does not exist/);
  });

  it("is dropped with a connection still open", async () => {
    const other = await freshDatabase();
    const left = new pg.Client({ connectionString: other.url });
    left.on("error", () => {}); // the server ends it
    await left.connect();
    await other.drop();
    await assert.rejects(left.query("SELECT 1"));
  });

  it("is closed to whoever lacks the password", async () => {
    const stranger = new URL(database.url);
    stranger.password = "wrong";
    await assert.rejects(
      new pg.Client({ connectionString: stranger.href }).connect(),
      /password authentication failed/,
    );
  });
});
