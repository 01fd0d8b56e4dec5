import type { Store } from "../ports/store.ts";
import { postgresStore } from "./postgres/store.ts";
import { sqliteStore } from "./sqlite/store.ts";

/** The store that a location names: a `postgres://` URL, or the path of a SQLite file. */
export async function openStore(location: string): Promise<Store> {
  return /^postgres(ql)?:\/\//.test(location) ? await postgresStore(location) : await sqliteStore(location);
}
