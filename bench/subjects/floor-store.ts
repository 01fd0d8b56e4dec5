import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

type Value = string | number | Buffer | null;

interface Write {
  readonly statement: StatementSync;
  readonly params: readonly Value[];
  readonly resolve: (row: Record<string, unknown> | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** SQLite as cheap as it may be and still durable: synchronous=FULL, a write-ahead log, commits shared by who comes together. */
export class FloorStore {
  readonly db: DatabaseSync;
  #waiting: Write[] = [];

  constructor(folder: string) {
    this.db = new DatabaseSync(join(folder, "floor.sqlite"));
    this.db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    this.db.exec(`
      CREATE TABLE client (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE code (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, spent INTEGER NOT NULL DEFAULT 0) STRICT;
      CREATE TABLE lineage (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, generation INTEGER NOT NULL DEFAULT 1,
        ended INTEGER NOT NULL DEFAULT 0) STRICT;
      CREATE TABLE account (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT`);
  }

  /** Resolves with the row that the statement returned, once it is on disk. */
  write(statement: StatementSync, ...params: readonly Value[]): Promise<Record<string, unknown> | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commit());
      this.#waiting.push({ statement, params, resolve, reject });
    });
  }

  #commit(): void {
    const writes = this.#waiting;
    this.#waiting = [];
    try {
      this.db.exec("BEGIN IMMEDIATE");
      const rows = writes.map(({ statement, params }) => statement.get(...params));
      this.db.exec("COMMIT");
      writes.forEach(({ resolve }, index) => {
        resolve(rows[index]);
      });
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  }
}
