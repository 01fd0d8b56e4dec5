import type { Store } from "../ports/store.ts";

/**
 * The store that a location names: a `postgres://` URL, or the path of a SQLite file. Only the driver that is needed is
 * loaded: the other would cost every start some ten megabytes.
 */
export async function openStore(location: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(location)) {
    const { postgresStore } = await import("./postgres/store.ts");
    return await postgresStore(location);
  }
  const { sqliteStore } = await import("./sqlite/store.ts");
  return await sqliteStore(location);
}
