import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { SqlStore } from "../../adapters/sql/store.ts";
import { sqliteStore } from "../../adapters/sqlite/store.ts";
import { copyStore } from "../copy.ts";

/** When the copy is made. */
const copied = 2_000;

/** A server's store, a copy of it, and what happened to the store since. */
export async function aServerWithACopy(
  t: TestContext,
  before: (store: SqlStore) => Promise<void>,
  since: (store: SqlStore) => Promise<void>,
) {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-endings-"));
  t.after(() => rm(folder, { recursive: true }));
  const [location, file] = [join(folder, "a.sqlite"), join(folder, "copy")];
  const store = await sqliteStore(location);
  await before(store);
  await copyStore(store, { location, file, mayReplace: false, now: copied });
  await since(store);
  await store.close();
  return { location, file };
}
