import { DatabaseSync } from "node:sqlite";
import { migrate } from "../adapters/sql/migrate.ts";
import { dialect } from "../adapters/sqlite/database.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Store } from "../ports/store.ts";

/**
 * A real SQLite store in memory with nothing in it. The migrations run once for a process: a new database would take
 * longer to make than most tests to run.
 */
export async function emptyStore(): Promise<Store> {
  image ??= migrated();
  return await sqliteStore(":memory:", { image: await image });
}

let image: Promise<Uint8Array> | undefined;

async function migrated(): Promise<Uint8Array> {
  const database = new DatabaseSync(":memory:");
  await migrate({
    dialect,
    run: async (sql) => database.prepare(sql).all(),
    begin: async () => database.exec("BEGIN"),
  });
  const bytes = database.serialize();
  database.close();
  return bytes;
}
