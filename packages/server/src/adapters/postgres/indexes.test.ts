import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { freshDatabase, type TestDatabase } from "../../testing/postgres.ts";
import { codesThatWait, eventsOfTokens, indexedVerbs, textsOf } from "../contract/indexed-verbs.ts";
import { together } from "./batch-text.ts";
import { prepared } from "./placeholders.ts";
import { postgresStore } from "./store.ts";

/** Holds a few rows at most, whatever the number of people. */
const small = /^(?:set_up_link|batch)$/;

describe("what a statement reads of a large table", () => {
  let database: TestDatabase;
  let client: pg.Client;
  before(async () => {
    database = await freshDatabase();
    await (await postgresStore(database.url)).close();
    client = new pg.Client(database.url);
    await client.connect();
    // The tables are empty: without this the planner would take no index for so little.
    await client.query("SET enable_seqscan = off");
  });
  after(async () => {
    await client.end();
    await database.drop();
  });

  /** The tables that a plan reads from end to end. */
  async function readWhole(sql: string): Promise<readonly string[]> {
    const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN) ${prepared(sql).text}`);
    return rows
      .flatMap((row) => /Seq Scan on (\w+)/.exec(row["QUERY PLAN"])?.[1] ?? [])
      .filter((table) => !small.test(table));
  }

  it("is told by its plan: a condition that no index serves reads the whole table", async () => {
    assert.deepEqual(await readWhole("SELECT 1 FROM lineage WHERE user_agent = ?"), ["lineage"]);
  });

  for (const { verb, statements } of indexedVerbs) {
    it(`${verb} finds its rows by an index, alone and in a batch`, async () => {
      const commits = await statements();
      const texts = commits.flatMap((commit) => {
        const row = commit.flatMap(({ params }) => params);
        const joined = together(commit)?.sql([row, row]);
        return [...commit.map(({ sql }) => sql), ...(joined ? [joined.sql] : [])];
      });
      assert.ok(texts.length > 0);
      for (const sql of texts.filter((text) => !codesThatWait.test(text)))
        assert.deepEqual(await readWhole(sql), [], sql);
    });
  }

  it("journal.eventsOfAccount reads one account's events alone, newest first, by an index without those of tokens", async () => {
    await client.query("SET enable_seqscan = on");
    const fill = (what: string) =>
      client.query(
        `INSERT INTO audit_event (at, what, account_id) SELECT 1, $1, 'acc_' || n % 500 FROM generate_series(1, 5000) n`,
        [what],
      );
    const size = async () =>
      Number((await client.query("SELECT pg_relation_size('audit_event_of_account') AS size")).rows[0]?.size);
    const empty = await size();
    for (const what of eventsOfTokens) await fill(what);
    assert.equal(await size(), empty);
    await fill("sign-in.done");
    assert.ok((await size()) > empty);
    await client.query("ANALYZE audit_event");
    const [sql = ""] = await textsOf((store) => store.journal.eventsOfAccount("acc_1", 50));
    const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN) ${prepared(sql).text}`);
    const plan = rows.map((row) => String(row["QUERY PLAN"])).join("\n");
    assert.match(plan, /Index Scan Backward using audit_event_of_account/);
    assert.doesNotMatch(plan, /Sort|Filter/);
  });
});
