import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import pg from "pg";
import { StoreUnavailable } from "../../ports/store.ts";
import type { Result, Row } from "../sql/database.ts";
import { PointReads } from "./point-reads.ts";

describe("point reads", () => {
  const text = "SELECT id, name FROM client WHERE id = ?";
  let sent: {
    readonly sql: string;
    readonly values: readonly unknown[];
    readonly answer: (outcome: readonly Row[] | Error) => void;
  }[];
  let reads: PointReads;
  beforeEach(() => {
    sent = [];
    reads = new PointReads((sql, values) => {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      const answer = (outcome: readonly Row[] | Error) =>
        outcome instanceof Error ? reject(outcome) : resolve({ changes: 0, rows: outcome });
      sent.push({ sql, values, answer });
      return promise;
    });
  });

  const read = (key: string) => reads.add(text, [key]) ?? assert.fail("goes its own way");
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it("go as one statement, each caller with its rows, none for what is not there, the same for who asks the same", async () => {
    const all = Promise.all(["a", "gone", "b", "a"].map(read));
    await turn();
    assert.equal(
      sent[0]?.sql,
      "SELECT id, name, position FROM unnest(?::text[]) WITH ORDINALITY AS batch (p1, position) " +
        "JOIN client ON id = p1",
    );
    assert.deepEqual(sent[0]?.values, [["a", "gone", "b", "a"]]);
    sent[0]?.answer([4, 3, 1].map((position) => ({ position, id: position === 3 ? "b" : "a" })));
    assert.deepEqual(
      (await all).map((rows) => rows.map(({ id }) => id)),
      [["a"], [], ["b"], ["a"]],
    );
  });

  it("that come while others are under way begin after them, so that none is answered from before it asked", async () => {
    const early = [read("a"), read("b")];
    await turn();
    const late = read("a");
    await turn();
    assert.equal(sent.length, 2);
    assert.deepEqual([sent[1]?.sql, sent[1]?.values], [text, ["a"]]);
    sent[0]?.answer([]);
    sent[1]?.answer([{ id: "a" }]);
    assert.deepEqual(await Promise.all([...early, late]), [[], [], [{ id: "a" }]]);
  });

  it("go alone when the server refuses them together, and are told of a lost connection", async () => {
    const refused = Promise.allSettled([read("a"), read("b")]);
    await turn();
    const error = new pg.DatabaseError("refused", 0, "error");
    error.code = "22P02";
    sent[0]?.answer(error);
    await turn();
    sent[1]?.answer([{ id: "a" }]);
    sent[2]?.answer(error);
    assert.deepEqual(
      (await refused).map(({ status }) => status),
      ["fulfilled", "rejected"],
    );

    const lost = Promise.allSettled([read("a"), read("b")]);
    await turn();
    sent[3]?.answer(new Error("Connection terminated unexpectedly"));
    for (const one of await lost)
      assert.ok(one.status === "rejected" && one.reason instanceof StoreUnavailable);
    assert.equal(sent.length, 4);
  });

  for (const sql of [
    "SELECT id FROM lineage WHERE grant_id = ? ORDER BY id",
    "SELECT id FROM lineage WHERE id = ? AND sid = ?",
    "SELECT id FROM client ORDER BY id",
    "SELECT count(*) AS found FROM schema_version",
  ]) {
    it(`are not: ${sql}`, () => {
      assert.equal(reads.add(sql, ["a"]), undefined);
    });
  }
});
