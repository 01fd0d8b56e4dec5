import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { SqlStore } from "../sql/store.ts";
import { type SqliteOptions, sqliteStore } from "../sqlite/store.ts";
import type { Place } from "./place.ts";

/** A file in a temporary folder, for tests. */
export async function sqlitePlace(options?: SqliteOptions): Promise<Place & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-store-"));
  const path = join(folder, "data", "valetkey.db");
  const opened: SqlStore[] = [];
  return {
    path,
    async open() {
      const store = await sqliteStore(path, options);
      opened.push(store);
      return store;
    },
    async execute(sql) {
      const db = new DatabaseSync(path);
      db.exec(sql);
      db.close();
    },
    async remove() {
      await Promise.all(opened.map((store) => store.close()));
      await rm(folder, { recursive: true });
    },
  };
}
