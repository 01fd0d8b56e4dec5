import { coherentStore } from "../remembered/coherent-store.ts";
import { type SqlStore, sqlStore } from "../sql/store.ts";
import { openSqlite, type SqliteOptions } from "./database.ts";

export type { SqliteOptions };

/** Expired rows that go in one commit: the event loop stands still for it, 6 ms where each lies on a page of its own. */
const collectTogether = 50;

/**
 * The store in one SQLite file, made with mode 0600 when there is none. Several processes may open it; each sees at its
 * next read what another committed, of rows that it remembers too.
 * @param path of the file; its folder is made when it is missing. `:memory:` for trials that nothing outlives
 * @throws SchemaTooNew when a newer program wrote the file
 */
export async function sqliteStore(path: string, options: SqliteOptions = {}): Promise<SqlStore> {
  const database = await openSqlite(path, options);
  return coherentStore(sqlStore(database, collectTogether), database.versionOf);
}
