import type { SqliteConnection } from "../adapters/sqlite/connection.ts";
import type { Instant } from "../records/instant.ts";
import { names } from "./manifest.ts";
import { carryPeople, type PeoplesEndings } from "./peoples-endings.ts";

/** How many of each were ended by what the replaced database knows. */
export interface Endings extends PeoplesEndings {
  readonly lineages_ended: number;
  readonly lineages_moved_on: number;
  readonly grants_ended: number;
  readonly clients_removed: number;
  readonly clients_disabled: number;
  readonly client_secrets_replaced: number;
  readonly tokens_revoked: number;
}

/**
 * Takes over from the database that is replaced everything that ended, or lost a right, since the copy was made; and where
 * a password, an address, a second factor or a secret was replaced, the new one, since the old one must not come back. Nothing
 * else is taken over.
 * `db` is the copy, with the replaced database attached as `gone`; the caller holds a transaction.
 */
export function carryEndings(db: SqliteConnection, now: Instant): Endings {
  const run = (sql: string, ...params: readonly (string | number)[]) => db.run(sql, params).changes;
  const absent = absentSince(db);
  run("CREATE TEMP TABLE lost (id)");
  const lose = (sql: string, ...params: readonly (string | number)[]) => {
    run("DELETE FROM temp.lost");
    return run(`INSERT INTO temp.lost ${sql}`, ...params);
  };
  const endThose = (column: string, reason: string) => {
    run(`DELETE FROM main.code WHERE ${column} IN (SELECT id FROM temp.lost)`);
    run(
      `UPDATE main.lineage SET ended_at = ?, end_reason = ? WHERE ended_at IS NULL AND ${column} IN (SELECT id FROM temp.lost)`,
      now,
      reason,
    );
  };

  // Generations that were superseded since must not be current again; the row knows them best.
  const lineages_moved_on = run(
    `UPDATE main.lineage SET (generation, key_id, previous_key_id, rotated_at, superseded, late_answers, last_used_at, idle_expires_at)
       = (g.generation, g.key_id, g.previous_key_id, g.rotated_at, g.superseded, g.late_answers, g.last_used_at, g.idle_expires_at)
     FROM gone.lineage g WHERE ${sameLineage} AND (g.generation > lineage.generation OR g.late_answers <> lineage.late_answers)`,
  );
  const lineages_ended = run(
    `UPDATE main.lineage SET ended_at = g.ended_at, end_reason = g.end_reason
     FROM gone.lineage g WHERE ${sameLineage} AND g.ended_at IS NOT NULL AND lineage.ended_at IS NULL`,
  );

  const clients_removed = lose(absent("client", "id"));
  endThose("client_id", "client.removed");
  run("DELETE FROM main.access_grant WHERE client_id IN (SELECT id FROM temp.lost)");
  run("DELETE FROM main.client WHERE id IN (SELECT id FROM temp.lost)");
  const clients_disabled = run(
    `UPDATE main.client SET disabled_at = g.disabled_at FROM gone.client g
     WHERE g.id = client.id AND client.disabled_at IS NULL AND g.disabled_at IS NOT NULL`,
  );
  const client_secrets_replaced = run(
    "UPDATE main.client SET secrets = g.secrets FROM gone.client g WHERE g.id = client.id AND g.secrets <> client.secrets",
  );

  const grants_ended = lose(absent("access_grant", "id"));
  endThose("grant_id", "grant.ended");
  run("DELETE FROM main.access_grant WHERE id IN (SELECT id FROM temp.lost)");

  const people = carryPeople({ run, lose, endThose, absent, now });
  run(
    `UPDATE main.role SET allows = (SELECT json_group_array(json(one.value)) FROM json_each(role.allows) one WHERE EXISTS (
       SELECT 1 FROM gone.role g, json_each(g.allows) other WHERE g.name = role.name AND ${sameAllowance}))`,
  );

  const tokens_revoked = run(
    "INSERT INTO main.revoked_token SELECT * FROM gone.revoked_token WHERE true ON CONFLICT DO NOTHING",
  );
  for (const noted of ["assertion", "dpop_proof", "removed_client"])
    run(`INSERT INTO main.${noted} SELECT * FROM gone.${noted} WHERE true ON CONFLICT DO NOTHING`);
  run("DROP TABLE temp.lost");
  return {
    ...{ lineages_ended, lineages_moved_on, grants_ended, clients_removed, clients_disabled },
    ...{ client_secrets_replaced, ...people, tokens_revoked },
  };
}

const sameLineage = "g.id = lineage.id AND g.secret = lineage.secret AND lineage.ended_at IS NULL";
const sameAllowance = ["resource", "scope"]
  .map((name) => `json_extract(one.value, '$.${name}') = json_extract(other.value, '$.${name}')`)
  .join(" AND ");

/** Whether both databases are the same server's at different times: only then an absence says anything. */
export function isSameStore(db: SqliteConnection): boolean {
  const idIn = (schema: string) =>
    db.all(`SELECT value FROM ${schema}.setting WHERE name = ?`, [names.storeId])[0]?.value;
  const [here, there] = [idIn("main"), idIn("gone")];
  if (here !== undefined && there !== undefined) return here === there;
  return (
    db.all("SELECT 1 FROM main.signing_key a JOIN gone.signing_key b ON b.kid = a.kid LIMIT 1", []).length > 0
  );
}

/**
 * What the copy has and the replaced database has no more. A row that came after the newest one of the replaced database,
 * or between its own copy and its own restore, was never there: nobody ended it. The newest audit event says how long
 * that database was in use, also where all else is gone: it is the one event that is never collected (`audit.keep`).
 * @returns a query of the keys that are absent, of the rowids where a key has several columns
 */
function absentSince(db: SqliteConnection): (table: string, ...key: readonly string[]) => string {
  const newest = ["access_grant", "lineage", "client", "account"]
    .map((table) => `SELECT max(created_at) AS at FROM gone.${table}`)
    .join(" UNION ALL ");
  const [row] = db.all(
    `SELECT max(at) AS newest FROM (${newest} UNION ALL SELECT max(at) FROM gone.audit_event)`,
    [],
  );
  const setting = (name: string) =>
    Number(db.all("SELECT value FROM gone.setting WHERE name = ?", [name])[0]?.value ?? 0);
  const [copied, restored] = [setting(names.madeAt), setting(names.restoredAt)];
  const within =
    restored === 0 ? "" : ` AND NOT (here.created_at > ${copied} AND here.created_at <= ${restored})`;
  return (table, ...key) =>
    `SELECT here.${key.length === 1 ? key[0] : "rowid"} FROM main.${table} here WHERE here.created_at <= ${Number(row?.newest ?? 0)}${within}
       AND NOT EXISTS (SELECT 1 FROM gone.${table} there
         WHERE ${key.map((column) => `there.${column} = here.${column}`).join(" AND ")})`;
}
