import { StoreUnavailable } from "../../ports/store.ts";
import type { Commit, Result, Statement } from "../sql/database.ts";
import { primaryCode, type SqliteConnection, untilFree } from "./connection.ts";
import type { Versions } from "./versions.ts";

/** Called between the last write of a transaction and its COMMIT: tests make it hang or throw. */
export type BeforeCommit = () => void | Promise<void>;

interface Write {
  readonly statements: readonly Statement[];
  readonly resolve: (commit: Commit) => void;
  readonly reject: (error: unknown) => void;
}

/** A turn never holds more writes than this, so that one COMMIT does not keep requests waiting. */
const atMost = 256;

/**
 * Writes that arrive in one turn of the event loop share one transaction and one fsync; each is isolated in it. No promise
 * settles before COMMIT returned; when COMMIT fails, all of them reject and nothing stands.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection;
  readonly #versions: Versions;
  readonly #beforeCommit: BeforeCommit | undefined;
  #waiting: Write[] = [];
  #running: Promise<void> | undefined;

  constructor(connection: SqliteConnection, versions: Versions, beforeCommit?: BeforeCommit) {
    this.#connection = connection;
    this.#versions = versions;
    this.#beforeCommit = beforeCommit;
  }

  add(statements: readonly Statement[]): Promise<Commit> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when all that was added so far is committed or rejected. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await new Promise(setImmediate);
      await this.#commitTogether(this.#waiting.splice(0, atMost));
    }
    this.#running = undefined;
  }

  async #commitTogether(writes: readonly Write[]): Promise<void> {
    const connection = this.#connection;
    const settle: (() => void)[] = [];
    try {
      await untilFree(() => connection.run("BEGIN IMMEDIATE", []));
      for (const write of writes) settle.push(this.#attempt(write));
      const delay = this.#beforeCommit?.();
      if (delay) await delay;
      connection.run("COMMIT", []);
    } catch (error) {
      this.#versions.ended();
      for (const { reject } of writes) reject(asUnavailable(error));
      this.#takeBack();
      return;
    }
    this.#versions.ended();
    for (const tell of settle) tell();
  }

  #takeBack(): void {
    try {
      if (this.#connection.inTransaction) this.#connection.exec("ROLLBACK");
    } catch {
      // The callers were told. The next group begins by failing on the transaction still open, and comes here again.
    }
  }

  /** Runs one write inside the shared transaction. @returns what to tell its caller once COMMIT returned */
  #attempt({ statements, resolve, reject }: Write): () => void {
    const connection = this.#connection;
    // A lone statement is whole by itself: SQLite takes back what a failing statement did.
    const alone = statements.length === 1;
    try {
      if (!alone) connection.run("SAVEPOINT one", []);
      const commit = this.#runAll(statements);
      if (!alone) {
        if (!commit.stands) connection.run("ROLLBACK TO one", []);
        connection.run("RELEASE one", []);
      }
      return () => resolve(commit);
    } catch (error) {
      // A full disk or a failed read may have ended the whole transaction: then it failed for everyone.
      if (!connection.inTransaction) throw error;
      if (!alone) {
        connection.run("ROLLBACK TO one", []);
        connection.run("RELEASE one", []);
      }
      return () => reject(asUnavailable(error));
    }
  }

  #runAll(statements: readonly Statement[]): Commit {
    const results: Result[] = [];
    for (const { sql, params, required } of statements) {
      const result = this.#connection.run(sql, params);
      results.push(result);
      // Without triggers, what changes no row of its own changes none elsewhere.
      if (result.changes > 0) this.#versions.wrote(sql);
      if (required && result.changes === 0) return { stands: false, results };
    }
    return { stands: true, results };
  }
}

/** https://sqlite.org/rescode.html: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN: the place is in the way, not the words. */
const outOfReach: readonly (number | undefined)[] = [5, 6, 8, 10, 13, 14];

export function asUnavailable(error: unknown): unknown {
  return outOfReach.includes(primaryCode(error)) ? new StoreUnavailable(error) : error;
}
