import { DatabaseSync } from "node:sqlite";
import pg from "pg";

/** What the tables say of codes and lineages, read beside the store so that none of its own code is believed. */
export interface Tables {
  readonly codes: readonly { readonly hash: string; readonly spent: boolean }[];
  readonly lineages: readonly {
    readonly codeHash: string;
    readonly ended: boolean;
    readonly generation: number;
  }[];
}

const readCodes = "SELECT code_hash AS hash, spent_at AS spent FROM code";
const readLineages = "SELECT code_hash AS hash, ended_at AS ended, generation FROM lineage";
const othersAtWork = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND application_name = 'valetkey-beside' IS FALSE`;

type Row = Record<string, unknown>;

/** @param store a file of SQLite or a `postgres://` URL, which no process uses at the moment */
export async function readTables(store: string): Promise<Tables> {
  const [codes, lineages] = store.startsWith("postgres") ? await fromPostgres(store) : fromSqlite(store);
  return {
    codes: codes.map(({ hash, spent }) => ({ hash: hex(hash), spent: spent !== null })),
    lineages: lineages.map(({ hash, ended, generation }) => ({
      codeHash: hex(hash),
      ended: ended !== null,
      generation: Number(generation),
    })),
  };
}

function fromSqlite(path: string): readonly [Row[], Row[]] {
  const db = new DatabaseSync(path);
  try {
    return [db.prepare(readCodes).all(), db.prepare(readLineages).all()];
  } finally {
    db.close();
  }
}

/** A killed process leaves the statements that it sent to PostgreSQL, which ends them in its own time. */
async function fromPostgres(url: string): Promise<readonly [Row[], Row[]]> {
  const client = new pg.Client({ connectionString: url, application_name: "valetkey-beside" });
  await client.connect();
  try {
    while ((await client.query(othersAtWork)).rows.length > 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return [(await client.query(readCodes)).rows, (await client.query(readLineages)).rows];
  } finally {
    await client.end();
  }
}

function hex(octets: unknown): string {
  return Buffer.from(octets as Uint8Array).toString("hex");
}

/** Codes of which one half was written and the other not: spent without a lineage, or a lineage without being spent. */
export function halfDone({ codes, lineages }: Tables): readonly string[] {
  const earned = new Map<string, number>();
  for (const { codeHash } of lineages) earned.set(codeHash, (earned.get(codeHash) ?? 0) + 1);
  return codes
    .filter(({ hash, spent }) => (earned.get(hash) ?? 0) !== (spent ? 1 : 0))
    .map(({ hash }) => hash);
}
