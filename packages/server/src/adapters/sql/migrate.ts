import type { Row } from "./database.ts";
import { type Dialect, inDialect } from "./dialect.ts";
import type { Migration } from "./migration.ts";
import { migrations } from "./migrations.ts";

/** One connection that nobody else uses meanwhile. */
export interface MigrationConnection {
  readonly dialect: Dialect;
  run(sql: string): Promise<readonly Row[]>;
  /** Opens a transaction that only one connection to this database holds at a time; waits for its turn. */
  begin(): Promise<void>;
}

/** The database was written by a newer program. Nothing was changed. */
export class SchemaTooNew extends Error {
  readonly found: number;
  readonly known: number;

  constructor(found: number, known: number) {
    super(
      `The database has schema version ${found}, and this program knows versions up to ${known}: a newer Valetkey wrote it. ` +
        "Start that newer program, or restore the backup made before the upgrade; a schema never goes back.",
    );
    this.name = "SchemaTooNew";
    this.found = found;
    this.known = known;
  }
}

/**
 * Brings the schema to the newest version that this program knows. Each step is one transaction and begins by looking
 * anew, so that any number of nodes may start at once and a crash leaves whole steps only.
 * @throws SchemaTooNew
 */
export async function migrate(
  connection: MigrationConnection,
  list: readonly Migration[] = migrations,
): Promise<void> {
  const known = list.at(-1)?.number ?? 0;
  while ((await step(connection, list)) < known);
}

async function step(connection: MigrationConnection, list: readonly Migration[]): Promise<number> {
  const { dialect } = connection;
  await connection.begin();
  try {
    await connection.run(inDialect(versions, dialect));
    const [row] = await connection.run("SELECT max(number) AS found FROM schema_version");
    const found = Number(row?.found ?? 0);
    const known = list.at(-1)?.number ?? 0;
    if (found > known) throw new SchemaTooNew(found, known);
    const next = list.find(({ number }) => number > found);
    if (next) {
      for (const sql of next.statements) await connection.run(inDialect(sql, dialect));
      await connection.run(
        `INSERT INTO schema_version (number, name, applied_at) VALUES (${next.number}, '${next.name}', ${dialect.now})`,
      );
    }
    await connection.run("COMMIT");
    return next?.number ?? found;
  } catch (error) {
    await connection.run("ROLLBACK");
    throw error;
  }
}

const versions = `CREATE TABLE IF NOT EXISTS schema_version (
  number {{integer}} NOT NULL PRIMARY KEY,
  name {{text}} NOT NULL,
  applied_at {{integer}} NOT NULL
){{table}}`;
