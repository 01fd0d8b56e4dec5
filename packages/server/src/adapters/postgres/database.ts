import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Commit, Database, Result, Row, Statement } from "../sql/database.ts";
import { Batches, type Run } from "./batch.ts";
import { readDurability } from "./durability.ts";
import { asUnavailable, mayTryAgain } from "./faults.ts";
import { prepared } from "./placeholders.ts";
import { PointReads } from "./point-reads.ts";

const bigint = 20;

/** bigint comes as text from the wire; ours are safe integers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: "text" | "binary") =>
    type === bigint ? Number : pg.types.getTypeParser(type, format as "text"),
};

/** How many connections there are at most, and how many milliseconds a statement may take. */
interface Reach {
  readonly connections?: number;
  readonly patience?: number;
}

/** Pooled connections. The pool drops a connection that broke and makes another for the next caller. */
export function postgresDatabase(url: string, { connections = 10, patience = 15_000 }: Reach): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    application_name: "valetkey",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: patience,
  });
  // An idle connection that breaks concerns nobody; without a listener it would end the process.
  pool.on("error", () => undefined);
  const run: Run = (sql, values) => again(() => query(pool, sql, values));
  const batches = new Batches(run);
  const reads = new PointReads(run);
  const read: Database["read"] = async (sql, ...params) =>
    (await reads.add(sql, params)) ?? (await reached(() => query(pool, sql, params))).rows;
  let closed: Promise<void> | undefined;
  return {
    read,
    async readOne(sql, ...params) {
      const [row] = await read(sql, ...params);
      return row && Object.values(row);
    },
    commit: (...statements) => batches.add(statements) ?? reached(() => commit(pool, statements)),
    durability: () => reached(() => readDurability(pool)),
    close: () => (closed ??= batches.idle().then(() => pool.end())),
  };
}

/** Tries again what PostgreSQL took back to end a conflict, a bounded number of times. */
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 5; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !mayTryAgain(error)) throw error;
      await pause(Math.random() * 20 * (6 - left));
    }
  }
}

/** The same, and tells an unreachable database by its own error. */
async function reached<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await again(attempt);
  } catch (error) {
    throw asUnavailable(error);
  }
}

/** One statement is one round trip that commits by itself. */
async function commit(pool: pg.Pool, statements: readonly Statement[]): Promise<Commit> {
  const [one, two] = statements;
  if (!one) return { stands: true, results: [] };
  if (!two) {
    const result = await query(pool, one.sql, one.params);
    return { stands: !one.required || result.changes > 0, results: [result] };
  }
  return await transaction(pool, statements);
}

async function transaction(pool: pg.Pool, statements: readonly Statement[]): Promise<Commit> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const done = await runAll(client, statements);
    await client.query(done.stands ? "COMMIT" : "ROLLBACK");
    return done;
  } catch (error) {
    if (error instanceof pg.DatabaseError) await client.query("ROLLBACK").catch(destroy);
    else destroy(error);
    throw error;
  } finally {
    client.release(broken);
  }

  function destroy(error: unknown): void {
    broken =
      error instanceof Error ? error : new Error("the connection is in an unknown state", { cause: error });
  }
}

async function runAll(client: pg.PoolClient, statements: readonly Statement[]): Promise<Commit> {
  const results: Result[] = [];
  for (const { sql, params, required } of statements) {
    const result = await query(client, sql, params);
    results.push(result);
    if (required && result.changes === 0) return { stands: false, results };
  }
  return { stands: true, results };
}

async function query(
  connection: pg.Pool | pg.PoolClient,
  sql: string,
  params: readonly unknown[],
): Promise<Result> {
  const { rows, rowCount } = await connection.query<Row>({ ...prepared(sql), values: [...params] });
  return { changes: rowCount ?? 0, rows };
}
