import { randomBytes } from "node:crypto";
import pg from "pg";
import type { KeyRing } from "../adapters/keys/ring.ts";
import { requireKeysInUse, requireSameRing } from "../adapters/keys/same-ring.ts";
import { postgresStore } from "../adapters/postgres/store.ts";
import type { SqlStore } from "../adapters/sql/store.ts";
import { outOfService } from "../adapters/sql/withdrawn.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { holdAlone } from "../adapters/sqlite/hold.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Instant } from "../records/instant.ts";
import { names, putSetting, readSetting } from "./manifest.ts";
import { requireSame } from "./move-check.ts";
import { copyTable, countHere, type Table, tablesOf } from "./move-table.ts";
import { requireTarget } from "./move-target.ts";

export interface MoveOptions {
  /** The path of the SQLite database. */
  readonly location: string;
  /** A `postgres://` URL. */
  readonly to: string;
  readonly ring: KeyRing;
  readonly now: Instant;
  readonly by: string;
  /** Told as a table's rows arrive: how many of how many this run has written, and that the table is done. */
  readonly told: (table: string, rows: number, of: number, isDone: boolean) => void;
}

export interface Moved {
  readonly tables: Readonly<Record<string, number>>;
  /** How many rows were compared field by field. */
  readonly compared: number;
}

/** Where a URL leads, without user and password: what may be printed and kept. */
export function targetName(to: string): string {
  const url = new URL(to);
  return `${url.hostname || "localhost"}:${url.port || "5432"}${url.pathname}`;
}

/**
 * Moves everything into an empty PostgreSQL database. From its first row on the SQLite database is out of service, so that
 * nothing changes behind a copy that was broken off; the same move begun again goes on where it ended. At the end both are
 * compared, and only then the PostgreSQL database may serve.
 * @throws StoreHeld while a server or command has the file open; MoveDiffers; KeyRingError
 */
export async function moveStore(options: MoveOptions): Promise<Moved> {
  const { location, to } = options;
  const hold = await holdAlone(location);
  try {
    await requireRing(location, options);
    const db = new SqliteConnection(location);
    try {
      requireNoOtherMove(db, to);
      return await moveFrom(db, options);
    } finally {
      db.close();
    }
  } finally {
    hold.release();
  }
}

/** As at a start: what was moved without a key that devices need would be a database on which no node starts. */
async function requireRing(location: string, { ring, now }: MoveOptions): Promise<void> {
  const source = await sqliteStore(location);
  try {
    await requireSameRing(ring, source.settings);
    await requireKeysInUse(ring, source, now);
  } finally {
    await source.close();
  }
}

async function moveFrom(db: SqliteConnection, options: MoveOptions): Promise<Moved> {
  const { to } = options;
  // Makes the schema, and refuses a database that would answer before a write is on disk.
  const there = await postgresStore(to);
  const target = new pg.Client({ connectionString: to, types, application_name: "valetkey move" });
  target.on("error", () => undefined);
  try {
    await target.connect();
    return await moved(db, target, there, options);
  } finally {
    await target.end();
    await there.close();
  }
}

const bigint = 20;
/** bigint comes as text from the wire; ours are safe integers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary") =>
    type === bigint ? Number : pg.types.getTypeParser(type, format as "text"),
};

async function moved(
  db: SqliteConnection,
  target: pg.Client,
  there: SqlStore,
  options: MoveOptions,
): Promise<Moved> {
  const { to, ring, now: at, by, told } = options;
  const storeId = readSetting(db, names.storeId) ?? randomBytes(16).toString("hex");
  putSetting(db, names.storeId, storeId);
  const tables = tablesOf(db);
  const isFinished = await requireTarget(target, tables, storeId);
  if (!isFinished) {
    withdraw(db, to);
    for (const table of tables) {
      const of = countHere(db, table);
      await copyTable(db, target, table, (rows) => told(table.name, rows, of, false));
      if (table.isNumbered) await continueNumbers(db, target, table);
      told(table.name, of, of, true);
    }
  }
  const counts: Record<string, number> = {};
  let compared = 0;
  // What serves already has changed since: there is nothing left to compare.
  for (const table of isFinished ? [] : tables) {
    compared += await requireSame(db, target, table);
    counts[table.name] = countHere(db, table);
  }
  await requireSameRing(ring, there.settings);
  putSetting(db, outOfService, movedSentence(to, at));
  if (!isFinished) {
    await there.journal.append([{ at, what: "store.moved", detail: `from SQLite, ${by}` }], []);
    await target.query("DELETE FROM setting WHERE name = $1", [outOfService]);
  }
  return { tables: counts, compared };
}

function requireNoOtherMove(db: SqliteConnection, to: string): void {
  const before = readSetting(db, "move-to");
  if (before !== undefined && before !== targetName(to))
    throw new Error(
      `A move of this database to ${before} was begun. Finish it with --to that database, or give it up with valetkey move --abandon.`,
    );
}

function withdraw(db: SqliteConnection, to: string): void {
  putSetting(db, "move-to", targetName(to));
  putSetting(
    db,
    outOfService,
    `This database is being moved to PostgreSQL at ${targetName(to)}. Run valetkey move again to finish it, or valetkey move --abandon to give it up.`,
  );
}

function movedSentence(to: string, at: Instant): string {
  const day = new Date(at * 1000).toISOString().slice(0, 10);
  return `This database was moved to PostgreSQL at ${targetName(to)} on ${day}: set store to that database. What happened there since is not here.`;
}

/** The target goes on behind the highest number that was ever given, not behind the highest that is left. */
async function continueNumbers(db: SqliteConnection, target: pg.Client, { name, key }: Table): Promise<void> {
  const [row] = db.all("SELECT seq FROM sqlite_sequence WHERE name = ?", [name]);
  if (row === undefined || Number(row.seq) < 1) return;
  await target.query("SELECT setval(pg_get_serial_sequence($1, $2), $3)", [name, key[0], row.seq]);
}

/** Gives a move up that is not finished: the SQLite database serves again. @returns the database it went to */
export async function abandonMove(location: string): Promise<string> {
  const hold = await holdAlone(location);
  const db = new SqliteConnection(location);
  try {
    const to = readSetting(db, "move-to");
    if (to === undefined) throw new Error("No move of this database was begun.");
    if (readSetting(db, outOfService)?.startsWith("This database was moved"))
      throw new Error(
        `The move to ${to} is finished, and that database may have served since. To go back, restore a backup of before.`,
      );
    db.run("DELETE FROM setting WHERE name IN (?, ?)", [outOfService, "move-to"]);
    return to;
  } finally {
    db.close();
    hold.release();
  }
}
