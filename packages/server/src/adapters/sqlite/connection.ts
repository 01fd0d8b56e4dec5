import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import type { Fields, Result, Row, Value } from "../sql/database.ts";

/** Milliseconds that SQLite itself waits for a lock; the thread stands still meanwhile, so longer waits are ours. */
const briefly = 10;

/** One connection to the file, with each SQL text prepared once. */
export class SqliteConnection {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();
  readonly #singles = new Map<string, StatementSync>();

  /** @param image what a database in memory begins with, in the place of nothing */
  constructor(path: string, image?: Uint8Array) {
    if (path !== ":memory:") makePrivateFile(path);
    this.#db = new DatabaseSync(path, { timeout: briefly, enableForeignKeyConstraints: true });
    if (image) this.#db.deserialize(image);
    // On macOS alone `fullfsync` says something: there an fsync without it ends in the drive's own memory.
    this.#db.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON");
  }

  all(sql: string, params: readonly Value[]): Row[] {
    return this.#prepare(sql).statement.all(...params) as Row[];
  }

  /** The first row, its columns in their order: without an object to name them it costs a third. */
  one(sql: string, params: readonly Value[]): Fields | undefined {
    let statement = this.#singles.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      this.#singles.set(sql, statement);
    }
    return statement.get(...params) as Fields | undefined;
  }

  /** Another value whenever another connection, of whichever process, committed since this one looked last. */
  dataVersion(): number {
    return Number(this.one("PRAGMA data_version", [])?.[0]);
  }

  run(sql: string, params: readonly Value[]): Result {
    const { statement, givesRows } = this.#prepare(sql);
    if (!givesRows) return { changes: Number(statement.run(...params).changes), rows: [] };
    const rows = statement.all(...params) as Row[];
    return { changes: rows.length, rows };
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }

  close(): void {
    this.#prepared.clear();
    this.#singles.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    const prepared = { statement, givesRows: statement.columns().length > 0 };
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

/** Tries until no other connection, ours or of another process, is in the way. @throws what stands after `patience` ms */
export async function untilFree<T>(attempt: () => T, patience = 10_000): Promise<T> {
  for (const deadline = Date.now() + patience; ; ) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
      await pause(5 + Math.random() * 10);
    }
  }
}

/** https://sqlite.org/rescode.html: 5 is SQLITE_BUSY; the bits above the lowest eight say why. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === 5;
}

export function primaryCode(error: unknown): number | undefined {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" ? code & 0xff : undefined;
}

/**
 * Makes the file when there is none: nobody but the server's user may read it; SQLite gives -wal and -shm the same mode. A
 * file that stands is not opened, since closing it again would drop every lock that this process has on it (POSIX close),
 * and the next process that ends would take itself for the last one. https://sqlite.org/howtocorrupt.html §2.2
 */
export function makePrivateFile(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
}
