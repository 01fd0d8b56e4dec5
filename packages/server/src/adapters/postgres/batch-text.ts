import type { Statement, Value } from "../sql/database.ts";

/** Commits of the same texts, of several callers, as one statement. */
export interface Together {
  /** Which parameter names the row that is written. */
  readonly key: number;
  /** Gives the `position`, from 1, of the caller for each row that its first statement changed. */
  sql(rows: readonly (readonly Value[])[]): { readonly sql: string; readonly values: readonly unknown[] };
}

const insert =
  /^INSERT INTO (\w+ \((\w+)[\w, ]*\)) (?:VALUES \([?, ]+\)|SELECT [?, ]+)( ON CONFLICT DO NOTHING)?$/;
const update = /^(UPDATE \w+ SET (.+)) WHERE (\w+ = \?.*)$/s;
const remove = /^DELETE FROM (\w+) WHERE (\w+ = \?.*)$/s;

/**
 * Reads one statement, or one and its follower, as a write of one row whose key is an insert's first column or the first
 * condition of an update or delete. Callers with different keys never write the same row.
 * @returns undefined for what is no such write
 */
export function together([one, two, ...rest]: readonly Statement[]): Together | undefined {
  if (!one || rest.length > 0 || (two && !two.follows)) return undefined;
  const first = joined(one.sql, 0);
  const second = two && joined(two.sql, one.params.length);
  if (!first || (two && !second)) return undefined;
  const texts = new Map<string, string>();
  return {
    key: first.key,
    sql(rows) {
      const columns = (rows[0] ?? []).map((_, index) => rows.map((row) => row[index] ?? null));
      const types = columns.map(typeOf);
      const known = types.join();
      const sql = texts.get(known) ?? textOf(types, first, second, one.required);
      texts.set(known, sql);
      return { sql, values: columns.filter((_, index) => types[index] !== "null") };
    },
  };
}

interface Joined {
  readonly key: number;
  /** Over the table `batch`, in which each caller is a row and `{n}` stands for its parameter n. */
  readonly sql: (from: string) => string;
  /** What RETURNING and a join with `batch` need to name the caller. */
  readonly returning: string;
  readonly whose: string;
}

function joined(sql: string, offset: number): Joined | undefined {
  if (/ SELECT .* FROM | RETURNING /s.test(sql)) return undefined;
  let count = offset;
  const numbered = sql.replace(/\?/g, () => `{${++count}}`);
  const position = { returning: "position", whose: "SELECT position FROM first" };
  const [, target, column, conflict] = insert.exec(sql) ?? [];
  if (target && column) {
    const values = numbered.match(/\{\d+\}/g)?.join(", ");
    return {
      key: offset,
      sql: (from) => `INSERT INTO ${target} SELECT ${values} FROM ${from}${conflict ?? ""}`,
      returning: `${column} AS told`,
      whose: `SELECT position FROM first JOIN batch ON told = {${offset + 1}}`,
    };
  }
  const [, changes, set] = update.exec(sql) ?? [];
  const [, table] = remove.exec(sql) ?? [];
  if (!changes && !table) return undefined;
  const where = numbered.slice(numbered.indexOf(" WHERE "));
  return {
    key: offset + (set?.split("?").length ?? 1) - 1,
    sql: (from) =>
      (table ? `DELETE FROM ${table} USING ${from}` : `${numbered.slice(0, -where.length)} FROM ${from}`) +
      where,
    ...position,
  };
}

function textOf(
  types: readonly string[],
  first: Joined,
  second: Joined | undefined,
  required: boolean,
): string {
  const given = types.flatMap((type, index) => (type === "null" ? [] : [{ type, name: `p${index + 1}` }]));
  const from = required ? "batch JOIN first USING (position)" : "batch";
  const sql =
    `WITH batch AS (SELECT * FROM unnest(${given.map(({ type }) => `?::${type}[]`).join(", ")}) ` +
    `WITH ORDINALITY AS batch (${given.map(({ name }) => name).join(", ")}, position)), ` +
    `first AS (${first.sql("batch")} RETURNING ${first.returning})` +
    `${second ? `, second AS (${second.sql(from)})` : ""} ${first.whose}`;
  // A parameter that nobody gives has no type to be sent with.
  return sql.replace(/\{(\d+)\}/g, (_, number) =>
    types[Number(number) - 1] === "null" ? "NULL" : `p${number}`,
  );
}

function typeOf(column: readonly Value[]): string {
  const given = column.find((value) => value !== null) ?? null;
  if (given === null) return "null";
  return typeof given === "number" ? "bigint" : typeof given === "string" ? "text" : "bytea";
}
