import type pg from "pg";
import { outOfService } from "../adapters/sql/withdrawn.ts";
import { countThere, type Table } from "./move-table.ts";

/** Names the advisory lock of one move at a time: "move" in ASCII. */
const moveLock = 0x6d6f7665;

const unfinished =
  "A move into this database is not finished. Run valetkey move again, or empty the database and begin anew.";

/**
 * Takes an empty database, or one that a move of the same store was begun into, and marks it: nobody may serve from half
 * a copy. @returns whether the move was finished before
 */
export async function requireTarget(
  target: pg.Client,
  tables: readonly Table[],
  storeId: string,
): Promise<boolean> {
  const { rows } = await target.query<{ got: boolean }>(`SELECT pg_try_advisory_lock(${moveLock}) AS got`);
  if (!rows[0]?.got) throw new Error("Another move into this database runs now.");
  const from = await settingOf(target, "move-from");
  if (from !== undefined && from !== storeId)
    throw new Error(
      "The PostgreSQL database was filled by a move of another store. Give it an empty database.",
    );
  if (from !== undefined) return (await settingOf(target, outOfService)) === undefined;
  await requireEmpty(target, tables);
  await target.query("INSERT INTO setting (name, value) VALUES ('move-from', $1), ($2, $3)", [
    ...[storeId, outOfService, unfinished],
  ]);
  return false;
}

async function settingOf(target: pg.Client, name: string): Promise<string | undefined> {
  const { rows } = await target.query<{ value: string }>("SELECT value FROM setting WHERE name = $1", [name]);
  return rows[0]?.value;
}

async function requireEmpty(target: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    // Its one row comes with the schema.
    if (table.name === "id_block") continue;
    const rows = await countThere(target, table);
    if (rows > 0)
      throw new Error(
        `The PostgreSQL database is not empty: ${table.name} has ${rows} rows. Give it an empty database.`,
      );
  }
}
