import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { freshDatabase, type TestDatabase } from "../../testing/postgres.ts";
import {
  aCode,
  aDevice,
  anApproval,
  anInteraction,
  aRotation,
  aSession,
  earnedBy,
} from "../contract/records.ts";
import type { Database, Statement } from "../sql/database.ts";
import { statement } from "../sql/database.ts";
import { sqlStore } from "../sql/store.ts";
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

  const commits: (readonly Statement[])[] = [];
  const spy: Database = {
    read: async (sql, ...params) => {
      commits.push([statement(sql, ...params)]);
      return [];
    },
    readOne: async (sql, ...params) => {
      commits.push([statement(sql, ...params)]);
      return undefined;
    },
    commit: async (...statements) => {
      commits.push(statements);
      return { stands: true, results: statements.map(() => ({ changes: 0, rows: [] })) };
    },
    durability: async () => ({}),
    close: async () => undefined,
  };
  const store = sqlStore(spy);

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

  const code = aCode();
  const lineage = earnedBy(code);
  for (const [verb, run] of [
    ["codes.save", () => store.codes.save(code)],
    ["codes.find", () => store.codes.find(code.codeHash)],
    ["codes.redeem", () => store.codes.redeem(code.codeHash, lineage, 1_010)],
    ["deviceCodes.begin", () => store.deviceCodes.begin(aDevice())],
    ["deviceCodes.find", () => store.deviceCodes.find(code.codeHash)],
    ["deviceCodes.findByUserCode", () => store.deviceCodes.findByUserCode("BCDFGHJK")],
    ["deviceCodes.poll", () => store.deviceCodes.poll(code.codeHash, 1)],
    ["deviceCodes.approve", () => store.deviceCodes.approve(code.codeHash, anApproval(), 1)],
    ["deviceCodes.deny", () => store.deviceCodes.deny(code.codeHash, "account", 1)],
    ["deviceCodes.redeem", () => store.deviceCodes.redeem(code.codeHash, lineage, 1)],
    ["lineages.find", () => store.lineages.find(1)],
    ["lineages.listOf", () => store.lineages.listOf(1)],
    ["lineages.rotate", () => store.lineages.rotate(lineage, aRotation())],
    ["lineages.end", () => store.lineages.end(1, "revoked", 1)],
    ["lineages.endOfCode", () => store.lineages.endOfCode(code.codeHash, "code.replayed", 1)],
    ["sessions.begin", () => store.sessions.begin(aSession())],
    ["sessions.find", () => store.sessions.find(code.codeHash)],
    ["sessions.signOut", () => store.sessions.signOut(code.codeHash, "sid", "client", 1)],
    ["interactions.begin", () => store.interactions.begin(anInteraction())],
    ["interactions.finish", () => store.interactions.finish("id")],
    ["grants.findFor", () => store.grants.findFor("account", "client")],
    ["grants.listOf", () => store.grants.listOf("account")],
    ["accounts.findByEmail", () => store.accounts.findByEmail("a@b")],
    ["accessTokens.revoke", () => store.accessTokens.revoke("jti", 1, 1)],
    ["accessTokens.isRevoked", () => store.accessTokens.isRevoked("jti")],
    ["assertions.spend", () => store.assertions.spend("client", "jti", 1)],
    ["proofs.spend", () => store.proofs.spend("thumbprint", "jti", 1)],
    ...(["lineage", "token", "disabled-client", "removed-client"] as const).map(
      (kind) => [`endings.page of ${kind}`, () => store.endings.page(kind, { at: 1, id: "" }, 9)] as const,
    ),
    ["collect", () => store.collect(1, { unused: 1, events: 1 }, 500)],
  ] as const) {
    it(`${verb} finds its rows by an index, alone and in a batch`, async () => {
      commits.length = 0;
      await run();
      const texts = commits.flatMap((statements) => {
        const row = statements.flatMap(({ params }) => params);
        const joined = together(statements)?.sql([row, row]);
        return [...statements.map(({ sql }) => sql), ...(joined ? [joined.sql] : [])];
      });
      assert.ok(texts.length > 0);
      // An unspent code goes with its owner by a read of the codes that wait: they live for a minute.
      for (const sql of texts.filter((text) => !/^DELETE FROM code WHERE sid/.test(text)))
        assert.deepEqual(await readWhole(sql), [], sql);
    });
  }
});
