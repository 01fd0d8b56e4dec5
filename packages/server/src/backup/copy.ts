import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import type { Store } from "../ports/store.ts";
import type { Instant } from "../records/instant.ts";
import { giveName, removeDatabase } from "./durable-file.ts";
import { names, putSetting } from "./manifest.ts";
import { neededKeys } from "./needed-keys.ts";

export interface Copied {
  readonly madeAt: Instant;
  readonly keys: readonly string[];
  /** Octets of the copy. */
  readonly size: number;
}

export interface CopyOptions {
  /** The path of the SQLite file that `store` has open. */
  readonly location: string;
  readonly file: string;
  readonly mayReplace: boolean;
  readonly now: Instant;
}

/**
 * Copies the database as it is at one moment, whoever writes to it meanwhile: VACUUM INTO reads in one transaction, which
 * holds up no writer under a write-ahead log. The copy is whole and on disk before it gets its name.
 * @throws EEXIST when `file` exists and may not be replaced
 */
export async function copyStore(store: Store, options: CopyOptions): Promise<Copied> {
  const { location, file, mayReplace, now: madeAt } = options;
  await store.settings.claim(names.storeId, randomBytes(16).toString("hex"));
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    copyInto(location, draft);
    const keys = await complete(draft, madeAt);
    const { size } = await stat(draft);
    await giveName(draft, file, mayReplace);
    return { madeAt, keys, size };
  } finally {
    await removeDatabase(draft);
  }
}

function copyInto(location: string, draft: string): void {
  // Made here first, for its owner's eyes only: SQLite takes an empty file as it is.
  new SqliteConnection(draft).close();
  const source = new SqliteConnection(location);
  try {
    source.run("VACUUM INTO ?", [draft]);
  } finally {
    source.close();
  }
}

/** Judges the copy and writes into it what a restore must know. @returns the ids of the keys that it needs */
async function complete(draft: string, madeAt: Instant): Promise<readonly string[]> {
  const { sqliteStore } = await import("../adapters/sqlite/store.ts");
  const copy = await sqliteStore(draft);
  // Read from the copy itself: a rotation may have named another key since.
  const keys = await neededKeys(copy, madeAt).finally(() => copy.close());
  const db = new SqliteConnection(draft);
  try {
    requireWhole(db, draft);
    putSetting(db, names.madeAt, String(madeAt));
    putSetting(db, names.keys, keys.join(" "));
    foldLog(db);
  } finally {
    db.close();
  }
  return keys;
}

/** @throws when SQLite finds the database damaged */
export function requireWhole(db: SqliteConnection, file: string): void {
  const [row] = db.all("PRAGMA quick_check(1)", []);
  const found = String(row?.quick_check);
  if (found !== "ok") throw new Error(`The database ${file} is damaged: ${found}.`);
}

/** One file again, without a log beside it. @throws when another connection has it open */
export function foldLog(db: SqliteConnection): void {
  db.all("PRAGMA wal_checkpoint(TRUNCATE)", []);
  db.all("PRAGMA journal_mode = DELETE", []);
}
