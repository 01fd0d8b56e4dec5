import pg from "pg";
import type { Dialect } from "../sql/dialect.ts";
import { migrate } from "../sql/migrate.ts";
import { type SqlStore, sqlStore } from "../sql/store.ts";
import { postgresDatabase } from "./database.ts";
import { failoverWarning, readDurability, requireDurable } from "./durability.ts";

export interface PostgresOptions {
  /** How many connections this node holds at most; 10 when absent. */
  readonly connections?: number;
  /** Milliseconds after which a statement without an answer is given up, its outcome unknown; 15 000 when absent. */
  readonly patience?: number;
  /** Is told, at start, in a sentence, what the database's settings can lose. */
  readonly warn?: (sentence: string) => void;
}

const dialect: Dialect = {
  bytes: "BYTEA",
  // Byte order and plain equality, whatever the database's locale.
  text: 'TEXT COLLATE "C"',
  integer: "BIGINT",
  numbered: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  table: "",
  // Room in each page, so that a rotation's new row version stays beside the old one and no index is touched.
  tableOfUpdates: " WITH (fillfactor = 80)",
  now: "extract(epoch FROM now())::bigint",
};

/** Names the advisory lock under which one node at a time migrates: "valet" in ASCII. */
const migrationLock = 0x76616c6574;

/**
 * The store in one PostgreSQL database, whose schema it brings up to date first. Any number of nodes may share it.
 * @throws DurabilityOff when the server would answer before a write is on disk; SchemaTooNew when a newer program wrote
 * the database; what the driver throws when the database cannot be reached at start
 */
export async function postgresStore(url: string, options: PostgresOptions = {}): Promise<SqlStore> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "valetkey",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const durability = await readDurability(client);
    requireDurable(durability);
    const warning = failoverWarning(durability);
    if (warning) options.warn?.(warning);
    await migrate({
      dialect,
      run: async (sql) => (await client.query(sql)).rows,
      async begin() {
        await client.query("BEGIN");
        await client.query(`SELECT pg_advisory_xact_lock(${migrationLock})`);
      },
    });
  } finally {
    await client.end();
  }
  return sqlStore(postgresDatabase(url, options));
}
