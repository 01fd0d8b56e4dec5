import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { codesThatWait, eventsOfTokens, indexedVerbs, textsOf } from "../contract/indexed-verbs.ts";
import { sqlitePlace } from "../contract/sqlite-place.ts";
import { SqliteConnection } from "./connection.ts";

/** Holds a few rows at most, whatever the number of people; devices that wait live for minutes. */
const small = /^(?:set_up_link|device_code)$/;

/** The oldest events in order of their key, up to a limit. */
const oldestEvents = /SELECT number, at FROM audit_event ORDER BY number LIMIT/;

describe("what a statement reads of a large table of SQLite", () => {
  let db: SqliteConnection;
  let remove: () => Promise<void>;
  before(async () => {
    const place = await sqlitePlace();
    await place.open();
    db = new SqliteConnection(place.path);
    remove = place.remove;
  });
  after(async () => {
    db.close();
    await remove();
  });

  const planOf = (sql: string) =>
    db
      .all(`EXPLAIN QUERY PLAN ${sql}`, Array(sql.split("?").length - 1).fill(1))
      .map((row) => String(row.detail));

  /** The tables that a plan reads from end to end. */
  const readWhole = (sql: string) =>
    planOf(sql)
      .flatMap((detail) => /^SCAN (?!CONSTANT)(\w+)/.exec(detail)?.[1] ?? [])
      .filter((table) => !small.test(table));

  it("is told by its plan: a condition that no index serves reads the whole table", () => {
    assert.deepEqual(readWhole("SELECT 1 FROM lineage WHERE user_agent = ?"), ["lineage"]);
  });

  for (const { verb, statements } of indexedVerbs) {
    it(`${verb} finds its rows by an index`, async () => {
      const texts = (await statements()).flat().map(({ sql }) => sql);
      assert.ok(texts.length > 0);
      for (const sql of texts.filter((text) => !codesThatWait.test(text) && !oldestEvents.test(text)))
        assert.deepEqual(readWhole(sql), [], sql);
    });
  }

  it("journal.eventsOfAccount reads one account's events alone, newest first, by an index without those of tokens", async () => {
    const fill = (what: string) =>
      db.run("INSERT INTO audit_event (at, what, account_id) VALUES (1, ?, 'acc_1')", [what]);
    for (const what of [...eventsOfTokens, "sign-in.done", "consent.given"]) fill(what);
    db.exec("ANALYZE audit_event");
    const [counted] = db.all("SELECT stat FROM sqlite_stat1 WHERE idx = 'audit_event_of_account'", []);
    assert.match(String(counted?.stat), /^2 /);
    const [sql = ""] = await textsOf((store) => store.journal.eventsOfAccount("acc_1", 50));
    assert.deepEqual(planOf(sql), ["SEARCH audit_event USING INDEX audit_event_of_account (account_id=?)"]);
  });
});
