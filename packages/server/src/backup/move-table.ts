import type pg from "pg";
import type { Row, Value } from "../adapters/sql/database.ts";
import type { SqliteConnection } from "../adapters/sqlite/connection.ts";

/** A table as both databases have it: the catalog of SQLite says so, and the schema is one. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[];
  /** Whether the database numbers the rows itself. */
  readonly isNumbered: boolean;
  /** Rows that stay behind: they say something of the one database only. */
  readonly except: string;
}

/** The rows of `setting` that a move itself writes. */
export const ownSettings = ["out-of-service", "move-to", "move-from"] as const;

/** Small tables of which the target has rows of its own from the start: written whole, over what stands there. */
const overwritten: readonly string[] = ["setting", "id_block"];

/** Every table but the one that numbers the schema, in order of name. */
export function tablesOf(db: SqliteConnection): readonly Table[] {
  const found = db.all(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_version' ORDER BY name",
    [],
  );
  // A permission refers to its grant, which must be there first.
  const named = found.map(({ name, sql }) => ({ name: String(name), sql: String(sql) }));
  return named
    .toSorted((a, b) => Number(/\bREFERENCES\b/.test(a.sql)) - Number(/\bREFERENCES\b/.test(b.sql)))
    .map(({ name, sql }) => {
      const columns = db.all("SELECT name, pk FROM pragma_table_info(?)", [name]);
      const key = columns.filter(({ pk }) => Number(pk) > 0).toSorted((a, b) => Number(a.pk) - Number(b.pk));
      return {
        name,
        columns: columns.map((column) => String(column.name)),
        key: key.map((column) => String(column.name)),
        isNumbered: /\bAUTOINCREMENT\b/.test(sql),
        except:
          name === "setting" ? `name NOT IN (${ownSettings.map((one) => `'${one}'`).join(", ")})` : "true",
      };
    });
}

export function countHere(db: SqliteConnection, { name, except }: Table): number {
  return Number(db.all(`SELECT count(*) AS rows FROM ${name} WHERE ${except}`, [])[0]?.rows);
}

export async function countThere(target: pg.Client, { name, except }: Table): Promise<number> {
  const { rows } = await target.query<{ rows: string }>(
    `SELECT count(*) AS rows FROM ${name} WHERE ${except}`,
  );
  return Number(rows[0]?.rows);
}

/**
 * Copies the rows that the target does not have, in order of the key, a page in one statement; goes on behind the last
 * row that an earlier run wrote. @param told is called with how many rows this run has written
 */
export async function copyTable(
  db: SqliteConnection,
  target: pg.Client,
  table: Table,
  told: (rows: number) => void,
): Promise<void> {
  const { name, columns, key, except } = table;
  const list = columns.join(", ");
  const keys = key.join(", ");
  const marks = key.map(() => "?").join(", ");
  const size = Math.min(1_000, Math.floor(30_000 / columns.length));
  let last = overwritten.includes(name) ? undefined : await lastKey(target, table);
  for (let written = 0; ; ) {
    const where = last === undefined ? except : `${except} AND (${keys}) > (${marks})`;
    const rows = db.all(
      `SELECT ${list} FROM ${name} WHERE ${where} ORDER BY ${keys} LIMIT ${size}`,
      last ?? [],
    );
    if (rows.length > 0) await insert(target, table, rows);
    written += rows.length;
    told(written);
    const end = rows.at(-1);
    if (end === undefined || rows.length < size) return;
    last = key.map((column) => end[column] as Value);
  }
}

async function insert(target: pg.Client, { name, columns, key }: Table, rows: readonly Row[]): Promise<void> {
  let count = 0;
  const marks = rows.map(() => `(${columns.map(() => `$${++count}`).join(", ")})`).join(", ");
  const rest = columns.filter((column) => !key.includes(column));
  const onConflict = overwritten.includes(name)
    ? `(${key.join(", ")}) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(", ")}`
    : "DO NOTHING";
  await target.query(
    `INSERT INTO ${name} (${columns.join(", ")}) OVERRIDING SYSTEM VALUE VALUES ${marks} ON CONFLICT ${onConflict}`,
    rows.flatMap((row) => columns.map((column) => row[column])),
  );
}

async function lastKey(target: pg.Client, { name, key }: Table): Promise<readonly Value[] | undefined> {
  const order = key.map((column) => `${column} DESC`).join(", ");
  const { rows } = await target.query<Row>(`SELECT ${key.join(", ")} FROM ${name} ORDER BY ${order} LIMIT 1`);
  const [row] = rows;
  return row && key.map((column) => row[column] as Value);
}
