import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { following, required, type Statement, statement } from "../sql/database.ts";
import { together } from "./batch-text.ts";

describe("writes of several callers as one statement", () => {
  const bytes = Buffer.from("key");

  for (const { what, statements, key, text } of [
    {
      what: "an update",
      statements: [statement("UPDATE t SET a = ?, b = ? WHERE id = ? AND c IS NULL", 1, "b", 3)],
      key: 2,
      text:
        "WITH batch AS (SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[]) " +
        "WITH ORDINALITY AS batch (p1, p2, p3, position)), " +
        "first AS (UPDATE t SET a = p1, b = p2 FROM batch WHERE id = p3 AND c IS NULL RETURNING position) " +
        "SELECT position FROM first",
    },
    {
      what: "a delete",
      statements: [statement("DELETE FROM t WHERE id = ? AND at > ?", bytes, 2)],
      key: 0,
      text:
        "WITH batch AS (SELECT * FROM unnest(?::bytea[], ?::bigint[]) WITH ORDINALITY AS batch (p1, p2, position)), " +
        "first AS (DELETE FROM t USING batch WHERE id = p1 AND at > p2 RETURNING position) " +
        "SELECT position FROM first",
    },
    {
      what: "an insert, with NULL where nobody gives a value",
      statements: [statement("INSERT INTO t (id, a) VALUES (?, ?) ON CONFLICT DO NOTHING", bytes, null)],
      key: 0,
      text:
        "WITH batch AS (SELECT * FROM unnest(?::bytea[]) WITH ORDINALITY AS batch (p1, position)), " +
        "first AS (INSERT INTO t (id, a) SELECT p1, NULL FROM batch ON CONFLICT DO NOTHING RETURNING id AS told) " +
        "SELECT position FROM first JOIN batch ON told = p1",
    },
    {
      what: "a required update and the insert that follows it, for those whom the update let through",
      statements: [
        required("UPDATE code SET spent_at = ? WHERE id = ? AND spent_at IS NULL", 1, bytes),
        following("INSERT INTO lineage (id, a) SELECT ?, ?", 7, "a"),
      ],
      key: 1,
      text:
        "WITH batch AS (SELECT * FROM unnest(?::bigint[], ?::bytea[], ?::bigint[], ?::text[]) " +
        "WITH ORDINALITY AS batch (p1, p2, p3, p4, position)), " +
        "first AS (UPDATE code SET spent_at = p1 FROM batch WHERE id = p2 AND spent_at IS NULL RETURNING position), " +
        "second AS (INSERT INTO lineage (id, a) SELECT p3, p4 FROM batch JOIN first USING (position)) " +
        "SELECT position FROM first",
    },
    {
      what: "an insert and the update that follows it",
      statements: [
        statement("INSERT INTO code (id) VALUES (?)", bytes),
        following("UPDATE client SET at = ? WHERE id = ? AND (at IS NULL OR at <= ?)", 5, "c", 4),
      ],
      key: 0,
      text:
        "WITH batch AS (SELECT * FROM unnest(?::bytea[], ?::bigint[], ?::text[], ?::bigint[]) " +
        "WITH ORDINALITY AS batch (p1, p2, p3, p4, position)), " +
        "first AS (INSERT INTO code (id) SELECT p1 FROM batch RETURNING id AS told), " +
        "second AS (UPDATE client SET at = p2 FROM batch WHERE id = p3 AND (at IS NULL OR at <= p4)) " +
        "SELECT position FROM first JOIN batch ON told = p1",
    },
  ]) {
    it(`joins ${what}`, () => {
      const form = together(statements);
      assert.equal(form?.key, key);
      const row = statements.flatMap(({ params }) => params);
      const made = form?.sql([row, row]);
      assert.equal(made?.sql, text);
      assert.deepEqual(
        made?.values,
        row.filter((value) => value !== null).map((value) => [value, value]),
      );
    });
  }

  it("gives NULL to whom has no value, among others who have one", () => {
    const form = together([statement("UPDATE t SET a = ? WHERE id = ?", null, 1)]);
    const { values } = form?.sql([
      [null, 1],
      ["a", 2],
    ]) ?? { values: [] };
    assert.deepEqual(values, [
      [null, "a"],
      [1, 2],
    ]);
  });

  for (const [what, ...statements] of [
    ["what gives rows", statement("UPDATE t SET a = a + ? WHERE name = ? RETURNING a", 1, "n")],
    ["many rows of one caller", statement("INSERT INTO t (a, b) VALUES (?, ?), (?, ?)", 1, 2, 3, 4)],
    [
      "a delete by a subquery",
      statement("DELETE FROM t WHERE id IN (SELECT id FROM t WHERE at < ? LIMIT ?)", 1, 2),
    ],
    ["an insert or update", statement("INSERT INTO t (a) VALUES (?) ON CONFLICT (a) DO UPDATE SET b = 1", 1)],
    [
      "two statements of which the second does not follow",
      statement("DELETE FROM t WHERE id = ?", 1),
      statement("DELETE FROM u WHERE id = ?", 1),
    ],
    ["a read", statement("SELECT a FROM t WHERE id = ?", 1)],
    ["nothing"],
  ] as readonly (readonly [string, ...Statement[]])[]) {
    it(`leaves alone ${what}`, () => {
      assert.equal(together(statements), undefined);
    });
  }
});
