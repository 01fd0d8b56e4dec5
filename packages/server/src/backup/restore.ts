import { existsSync } from "node:fs";
import { chmod, copyFile, link, mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { KeyRing } from "../adapters/keys/ring.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { holdAlone } from "../adapters/sqlite/hold.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Instant } from "../records/instant.ts";
import { foldLog, requireWhole } from "./copy.ts";
import { besides, freeName, removeDatabase, syncFile, syncFolder } from "./durable-file.ts";
import { carryEndings, type Endings, isSameStore } from "./endings.ts";
import { dropUnfinished, passNumbers } from "./fresh-start.ts";
import { names, putSetting, readManifest } from "./manifest.ts";
import { neededKeys } from "./needed-keys.ts";

export interface RestoreOptions {
  /** The copy. It stays as it is. */
  readonly file: string;
  /** The path of the server's database. */
  readonly location: string;
  /** Opens the server's ring when it is known which keys are needed. @throws KeyRingError */
  readonly ring: (needed: readonly string[]) => Promise<KeyRing>;
  readonly now: Instant;
  /** Who did it, for the audit log. */
  readonly by: string;
}

export interface Restored {
  readonly madeAt: Instant | undefined;
  readonly keys: readonly string[];
  /** Where the replaced database is now; null when there was none. */
  readonly replaced: string | null;
  /** What was ended as the replaced database tells it; or why it tells nothing. */
  readonly carried: Endings | Unknown;
}

export type Unknown = "no-database" | "unreadable" | "another-store";

/** The copy needs keys that this server does not have. Nothing was changed. */
export class KeysMissing extends Error {
  readonly missing: readonly string[];
  constructor(missing: readonly string[]) {
    super(
      `The backup needs keys that this server does not have: ${missing.join(", ")}. ` +
        "Restore the key file of that time (key_file, or VALETKEY_KEYS) first, or add its keys behind the present ones.",
    );
    this.name = "KeysMissing";
    this.missing = missing;
  }
}

/**
 * Puts a copy in the place of the server's database, in one step at the end: whatever fails before leaves everything as it
 * was. @throws StoreHeld while a server or command has the database open; SchemaTooNew; KeysMissing
 */
export async function restoreStore(options: RestoreOptions): Promise<Restored> {
  const { file, location, now } = options;
  await mkdir(dirname(location), { recursive: true, mode: 0o700 });
  const hold = await holdAlone(location);
  const draft = `${location}.restoring`;
  try {
    await removeDatabase(draft);
    await copyFile(file, draft);
    await chmod(draft, 0o600);
    const { madeAt } = await prepare(draft);
    const carried = await reconcile(draft, location, options);
    const keys = await requireKeys(draft, options);
    await logRestore(draft, options, madeAt);
    const db = new SqliteConnection(draft);
    putSetting(db, names.restoredAt, String(now));
    foldLog(db);
    db.close();
    return { madeAt, keys, replaced: await putInPlace(draft, location), carried };
  } finally {
    await removeDatabase(draft);
    hold.release();
  }
}

/** Judges the copy and brings its schema up to date. @throws SchemaTooNew */
async function prepare(draft: string) {
  const raw = new SqliteConnection(draft);
  try {
    requireWhole(raw, "given");
    if (raw.all("SELECT 1 FROM sqlite_schema WHERE name = 'lineage'", []).length === 0)
      throw new Error("This file is no backup: it is no database of Valetkey.");
  } finally {
    raw.close();
  }
  await (await sqliteStore(draft)).close();
  const db = new SqliteConnection(draft);
  try {
    return readManifest(db);
  } finally {
    db.close();
  }
}

async function reconcile(
  draft: string,
  location: string,
  { now }: RestoreOptions,
): Promise<Endings | Unknown> {
  const isThere = existsSync(location);
  const isReadable = isThere && (await canBeRead(location));
  const db = new SqliteConnection(draft);
  try {
    if (isReadable) db.run("ATTACH ? AS gone", [location]);
    const isSame = isReadable && isSameStore(db);
    db.exec("BEGIN IMMEDIATE");
    dropUnfinished(db);
    passNumbers(db, isSame);
    const carried = isSame ? carryEndings(db, now) : undefined;
    db.exec("COMMIT");
    return carried ?? (isReadable ? "another-store" : isThere ? "unreadable" : "no-database");
  } finally {
    db.close();
  }
}

/** Brings its schema up to date too, so that both can be compared, and folds its log, so that one file is whole. */
async function canBeRead(location: string): Promise<boolean> {
  try {
    await (await sqliteStore(location)).close();
    const db = new SqliteConnection(location);
    try {
      requireWhole(db, location);
      foldLog(db);
    } finally {
      db.close();
    }
    return true;
  } catch {
    return false;
  }
}

async function requireKeys(draft: string, { ring, now }: RestoreOptions): Promise<readonly string[]> {
  const copy = await sqliteStore(draft);
  const needed = await neededKeys(copy, now).finally(() => copy.close());
  const have = await ring(needed);
  const missing = needed.filter((id) => !have.has(id));
  if (missing.length > 0) throw new KeysMissing(missing);
  return needed;
}

async function logRestore(draft: string, { now: at, by }: RestoreOptions, madeAt: Instant | undefined) {
  const copy = await sqliteStore(draft);
  const from = madeAt === undefined ? "of an unknown time" : `of ${new Date(madeAt * 1000).toISOString()}`;
  await copy.journal
    .append([{ at, what: "store.restored", detail: `a backup ${from}, ${by}` }], [])
    .finally(() => copy.close());
}

/** The replaced database keeps its bytes under another name; a crash leaves the one or the other, never none. */
async function putInPlace(draft: string, location: string): Promise<string | null> {
  await syncFile(draft);
  let replaced: string | null = null;
  if (existsSync(location)) {
    replaced = freeName(`${location}.before-restore`);
    await link(location, replaced);
    for (const suffix of besides.filter((one) => existsSync(`${location}${one}`))) {
      await link(`${location}${suffix}`, `${replaced}${suffix}`);
      await rm(`${location}${suffix}`);
    }
  }
  await rename(draft, location);
  await syncFolder(dirname(location));
  return replaced;
}
