import type { SqliteConnection } from "../adapters/sqlite/connection.ts";
import type { Instant } from "../records/instant.ts";

/** Settings that stand in a copy, and after a restore in the database that it became. */
export const names = {
  /** Random; says that two databases are the same server's at different times. */
  storeId: "store-id",
  /** When the copy was made, in seconds since 1970. */
  madeAt: "backup-made-at",
  /** The ids of the ring keys without which the copy is worth nothing, separated by spaces. */
  keys: "backup-keys",
  /** When a copy was last put in the place of this database, in seconds since 1970. */
  restoredAt: "restored-at",
} as const;

/** What a copy says of itself. */
export interface Manifest {
  readonly storeId: string | undefined;
  readonly madeAt: Instant | undefined;
  readonly keys: readonly string[];
}

export function readManifest(db: SqliteConnection): Manifest {
  const madeAt = readSetting(db, names.madeAt);
  return {
    storeId: readSetting(db, names.storeId),
    madeAt: madeAt === undefined ? undefined : Number(madeAt),
    keys: readSetting(db, names.keys)?.split(" ").filter(Boolean) ?? [],
  };
}

export function readSetting(db: SqliteConnection, name: string): string | undefined {
  const [row] = db.all("SELECT value FROM setting WHERE name = ?", [name]);
  return row === undefined ? undefined : String(row.value);
}

export function putSetting(db: SqliteConnection, name: string, value: string): void {
  db.run(
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [name, value],
  );
}
