import type pg from "pg";
import type { Row, Value } from "../adapters/sql/database.ts";
import type { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { countHere, countThere, type Table } from "./move-table.ts";

/** How many rows of each table are compared field by field. */
const sampleSize = 200;

/** The two databases differ after the copy. */
export class MoveDiffers extends Error {
  constructor(sentence: string) {
    super(`${sentence} The SQLite database is unchanged. Empty the PostgreSQL database and move again.`);
    this.name = "MoveDiffers";
  }
}

/** Counts both sides and compares a random sample, field by field. @returns how many rows were compared @throws MoveDiffers */
export async function requireSame(db: SqliteConnection, target: pg.Client, table: Table): Promise<number> {
  const [here, there] = [countHere(db, table), await countThere(target, table)];
  if (here !== there) throw new MoveDiffers(`${table.name} has ${here} rows here and ${there} there.`);
  const { name, columns, key, except } = table;
  const list = columns.join(", ");
  const chosen = db.all(
    `SELECT ${key.join(", ")} FROM ${name} WHERE ${except} ORDER BY random() LIMIT ${sampleSize}`,
    [],
  );
  for (const row of chosen) {
    const values = key.map((column) => row[column] as Value);
    const where = (mark: (at: number) => string) =>
      key.map((column, at) => `${column} = ${mark(at + 1)}`).join(" AND ");
    const [mine] = db.all(`SELECT ${list} FROM ${name} WHERE ${where(() => "?")}`, values);
    const { rows } = await target.query<Row>(
      `SELECT ${list} FROM ${name} WHERE ${where((at) => `$${at}`)}`,
      values,
    );
    const [theirs] = rows;
    const differing = columns.find((column) => plain(mine?.[column]) !== plain(theirs?.[column]));
    if (theirs === undefined || differing !== undefined) {
      // The key and no value: rows hold secrets.
      throw new MoveDiffers(`A row of ${name} differs${differing === undefined ? "" : ` in ${differing}`}.`);
    }
  }
  return chosen.length;
}

/** So that the same value of either database is the same text; a type never passes for another. */
function plain(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  return `${value === null ? "null" : typeof value} ${String(value)}`;
}
