import { randomBytes } from "node:crypto";
import pg from "pg";
import { type PostgresCluster, startPostgres } from "./postgres-cluster.ts";

/** A database that one test file has to itself. */
export interface TestDatabase {
  /** A `postgres://` URL with the owner's password. */
  readonly url: string;
  /** Removes the database, ending whatever connections are left. */
  drop(): Promise<void>;
}

/**
 * A new, empty database in the run's cluster, whose URL the gate hands over as VALETKEY_TEST_POSTGRES. A file that runs
 * alone gets a cluster that lives as long as its process.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const cluster = process.env.VALETKEY_TEST_POSTGRES ?? (await ownCluster()).url;
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(cluster, `CREATE DATABASE ${name}`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(cluster, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

let own: Promise<PostgresCluster> | undefined;

function ownCluster(): Promise<PostgresCluster> {
  own ??= startPostgres();
  return own;
}

async function administer(cluster: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
