import type { Store } from "../ports/store.ts";
import { rememberingStore } from "./remembered/store.ts";
import { requireInService } from "./sql/withdrawn.ts";

/**
 * The store that a location names: a `postgres://` URL, or the path of a SQLite file, which nobody can replace until the
 * store is closed. What other processes change of resources and roles is seen at once on SQLite, within half a second on
 * PostgreSQL; of everything else at once. Only the driver that is needed is loaded: the other would cost every start some ten megabytes.
 * @throws StoreHeld while the file is being replaced; OutOfService when the database was moved elsewhere
 */
export async function openStore(location: string): Promise<Store> {
  const store = /^postgres(ql)?:\/\//.test(location)
    ? await openPostgres(location)
    : await openFile(location);
  try {
    await requireInService(store.settings);
    return store;
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

async function openPostgres(url: string): Promise<Store> {
  const { postgresStore } = await import("./postgres/store.ts");
  return rememberingStore(await postgresStore(url));
}

async function openFile(path: string): Promise<Store> {
  const [{ sqliteStore }, { holdTogether }] = await Promise.all([
    import("./sqlite/store.ts"),
    import("./sqlite/hold.ts"),
  ]);
  if (path === ":memory:") return await sqliteStore(path);
  const hold = await holdTogether(path);
  try {
    const store = await sqliteStore(path);
    const close = () => store.close().finally(() => hold.release());
    return { ...store, close };
  } catch (thrown) {
    hold.release();
    throw thrown;
  }
}
