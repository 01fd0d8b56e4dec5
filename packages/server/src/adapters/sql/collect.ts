import type { Since } from "../../ports/store.ts";
import type { Instant } from "../../records/instant.ts";
import { integer } from "./codec.ts";
import { change, type Database, type Value } from "./database.ts";

interface Rubbish {
  readonly table: string;
  readonly key: string;
  /** Stands in the subquery that picks rows and once more beside it: PostgreSQL looks at it again when a row changed. */
  readonly where: string;
  readonly params: readonly Value[];
  /** The indexed column by which the oldest go first: without an order PostgreSQL may read the table from end to end. */
  readonly age: string;
}

/** No access token lives longer, in seconds: resources and settings are held to it. */
const longestToken = 86_400;

/**
 * For so long, in seconds, resources may take a token for alive whose end has come: clocks differ, and guards forgive a
 * few seconds. One that begins to read the revocation feed then must still be told that the token was revoked.
 */
const afterlife = 300;

/**
 * Deletes what no verb can need again, at most `limit` rows a table and `together` rows of one table in a commit. An ended
 * lineage stays until its absolute end: a replay must be recognised as long as its tokens could have lived; and as long as
 * its access tokens may live, so that the revocation feed tells of it.
 */
export async function collect(
  db: Database,
  now: Instant,
  since: Since,
  limit: number,
  together: number,
): Promise<number> {
  let deleted = await inParts(limit, together, (part) => collectEvents(db, since.events, part));
  for (const { table, key, where, params, age } of rubbish(now, integer.write(since.unused))) {
    const part = (rows: number) =>
      change(
        db,
        `DELETE FROM ${table} WHERE ${where}
       AND ${key} IN (SELECT ${key} FROM ${table} WHERE ${where} ORDER BY ${age} LIMIT ?)`,
        ...params,
        ...params,
        integer.write(rows),
      );
    deleted += await inParts(limit, together, part);
  }
  return deleted;
}

/** Goes on until a part was not full or `limit` rows are gone. */
async function inParts(
  limit: number,
  together: number,
  part: (rows: number) => Promise<number>,
): Promise<number> {
  for (let gone = 0; ; ) {
    const rows = Math.min(together, limit - gone);
    const deleted = rows > 0 ? await part(rows) : 0;
    gone += deleted;
    if (deleted < rows || gone >= limit) return gone;
  }
}

/**
 * Audit events stand in order of time but for the delay of a batch, so their number finds the oldest: no index by time,
 * which every event would pay for. Looks at the oldest `limit` rows and no further. The newest event stays however old it
 * is: a restore reads from it how long this database was in use (`backup/endings.ts`).
 */
function collectEvents(db: Database, since: Instant, limit: number): Promise<number> {
  const oldest = "SELECT number, at FROM audit_event ORDER BY number LIMIT ?";
  return change(
    db,
    `DELETE FROM audit_event WHERE at < ? AND number < (SELECT max(number) FROM audit_event)
     AND number <= (SELECT max(number) FROM (${oldest}) AS oldest WHERE at < ?)`,
    integer.write(since),
    integer.write(limit),
    integer.write(since),
  );
}

function rubbish(at: Instant, unusedSince: Value): readonly Rubbish[] {
  const now = integer.write(at);
  const tokensGone = integer.write(Math.max(0, at - longestToken - afterlife));
  const expired = { where: "expires_at < ?", params: [now], age: "expires_at" };
  return [
    { table: "code", key: "code_hash", ...expired },
    { table: "device_code", key: "device_code_hash", ...expired },
    { table: "session", key: "id_hash", ...expired },
    { table: "interaction", key: "id", ...expired },
    { table: "mailed_proof", key: "id", ...expired },
    { table: "revoked_token", key: "jti", ...expired, params: [integer.write(Math.max(0, at - afterlife))] },
    { table: "assertion", key: "id_hash", ...expired },
    { table: "dpop_proof", key: "id_hash", ...expired },
    { table: "set_up_link", key: "hash", ...expired },
    {
      table: "removed_client",
      key: "id",
      where: "removed_at < ?",
      params: [tokensGone],
      age: "removed_at",
    },
    {
      table: "lineage",
      key: "id",
      where: "absolute_expires_at < ? AND (ended_at IS NULL OR ended_at < ?)",
      params: [now, tokensGone],
      age: "absolute_expires_at",
    },
    {
      table: "client",
      key: "id",
      where: "kind = 'self-registered' AND last_authorized_at IS NULL AND created_at < ?",
      params: [unusedSince],
      age: "created_at",
    },
    {
      table: "client_document",
      key: "url_hash",
      where:
        "fetched_at < ? AND NOT EXISTS (SELECT 1 FROM access_grant WHERE client_id = client_document.url)",
      params: [unusedSince],
      age: "fetched_at",
    },
  ];
}
