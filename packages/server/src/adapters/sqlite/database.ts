import type { Database } from "../sql/database.ts";
import type { Dialect } from "../sql/dialect.ts";
import { migrate } from "../sql/migrate.ts";
import { isBusy, SqliteConnection, untilFree } from "./connection.ts";
import { asUnavailable, type BeforeCommit, GroupCommit } from "./group-commit.ts";
import { requireSoundVersion } from "./sound-version.ts";
import { type Version, Versions } from "./versions.ts";

export const dialect: Dialect = {
  bytes: "BLOB",
  text: "TEXT",
  integer: "INTEGER",
  numbered: "INTEGER PRIMARY KEY AUTOINCREMENT",
  table: " STRICT",
  tableOfUpdates: " STRICT",
  now: "unixepoch()",
};

export interface SqliteOptions {
  /** Called between the last write of a transaction and its COMMIT, which it can hold up or refuse. For tests. */
  readonly beforeCommit?: BeforeCommit;
  /** What `:memory:` begins with: a database as `DatabaseSync.serialize` gives it. For tests. */
  readonly image?: Uint8Array;
}

export interface SqliteDatabase extends Database {
  /** Tells whether a read of these tables could give anything else than before. */
  versionOf(...tables: readonly string[]): Version;
}

/** Opens the file, makes it when there is none, and brings its schema up to date. */
export async function openSqlite(path: string, options: SqliteOptions = {}): Promise<SqliteDatabase> {
  const writer = new SqliteConnection(path, options.image);
  try {
    requireSoundVersion(String(writer.one("SELECT sqlite_version()", [])?.[0]));
    await untilFree(() => useWriteAheadLog(writer, path));
    await migrate({
      dialect,
      run: async (sql) => writer.run(sql, []).rows,
      begin: () => untilFree(() => writer.exec("BEGIN IMMEDIATE")),
    });
    const versions = new Versions(writer);
    const group = new GroupCommit(writer, versions, options.beforeCommit);
    const database = path === ":memory:" ? inMemory(writer, group) : onDisk(path, writer, group);
    return {
      ...database,
      versionOf: (...tables) => versions.of(...tables),
      async close() {
        await database.close();
        versions.ended();
      },
    };
  } catch (error) {
    writer.close();
    throw error;
  }
}

function onDisk(path: string, writer: SqliteConnection, group: GroupCommit): Database {
  // A connection of its own, so that a read never sees what an open transaction has not committed.
  const reader = new SqliteConnection(path);
  return {
    read: (sql, ...params) => answer(() => reader.all(sql, params)),
    // While none is open the writer's pages are at hand, and the row that is read is often the one written next.
    readOne: (sql, ...params) => answer(() => (writer.inTransaction ? reader : writer).one(sql, params)),
    commit: (...statements) => group.add(statements),
    durability: async () => durabilityOf(writer),
    async close() {
      await group.idle();
      reader.close();
      writer.close();
    },
  };
}

/** For tests and trials: another connection would be another database, so reads wait until no transaction is open. */
function inMemory(writer: SqliteConnection, group: GroupCommit): Database {
  const committed = async () => {
    while (writer.inTransaction) await group.idle();
  };
  return {
    async read(sql, ...params) {
      await committed();
      return await answer(() => writer.all(sql, params));
    },
    async readOne(sql, ...params) {
      await committed();
      return await answer(() => writer.one(sql, params));
    },
    commit: (...statements) => group.add(statements),
    durability: async () => durabilityOf(writer),
    async close() {
      await group.idle();
      writer.close();
    },
  };
}

/** At once, unless another connection is in the way: a read costs little more than its promise. */
function answer<T>(read: () => T): Promise<T> {
  try {
    return Promise.resolve(read());
  } catch (error) {
    if (!isBusy(error)) return Promise.reject(asUnavailable(error));
    return untilFree(read).catch((left: unknown) => Promise.reject(asUnavailable(left)));
  }
}

/** @throws when the file system bears no write-ahead log (network file systems) */
function useWriteAheadLog(connection: SqliteConnection, path: string): void {
  const [row] = connection.all("PRAGMA journal_mode = WAL", []);
  if (row?.journal_mode === "wal" || path === ":memory:") return;
  throw new Error(
    `SQLite cannot keep a write-ahead log at ${path} (journal mode ${String(row?.journal_mode)}). ` +
      "Put the database on a local disk, or use PostgreSQL.",
  );
}

function durabilityOf(connection: SqliteConnection): Readonly<Record<string, string>> {
  const levels = ["OFF", "NORMAL", "FULL", "EXTRA"];
  const [synchronous] = connection.all("PRAGMA synchronous", []);
  const [journal] = connection.all("PRAGMA journal_mode", []);
  return {
    synchronous: levels[Number(synchronous?.synchronous)] ?? "unknown",
    journal_mode: String(journal?.journal_mode),
  };
}
