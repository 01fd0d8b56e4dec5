import { DatabaseSync } from "node:sqlite";
import { systemClock } from "../../packages/server/src/adapters/clock/system.ts";
import { openKeys } from "../../packages/server/src/adapters/keys/keys.ts";
import { loadRing } from "../../packages/server/src/adapters/keys/ring-file.ts";
import type { Store } from "../../packages/server/src/ports/store.ts";
import { refreshToken } from "../../packages/server/src/tokens/refresh-token.ts";

/** Rows of one statement, so that the write-ahead log stays small. */
const atOnce = 100_000;
/** Beyond what the server itself has numbered. */
const base = 1_000_000;

/**
 * Fills Valetkey's SQLite file with `count` people, each with a grant and a device, as copies of the one that stands
 * there; their keys are scattered as real ones are.
 */
export function grow(file: string, count: number): void {
  const db = new DatabaseSync(file);
  db.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000");
  const who = "'acc_' || printf('%08x%08x', (i * 2654435761) % 4294967296, i)";
  const number = `${base} + i`;
  const copies = [
    copy(db, "account", { number, id: who, email: `printf('person%d@example.com', i)` }),
    copy(db, "access_grant", { id: number, account_id: who }),
    copy(db, "permission", { grant_id: number }),
    copy(db, "lineage", {
      id: number,
      account_id: who,
      grant_id: number,
      code_hash: "randomblob(32)",
      sid: who,
    }),
  ];
  for (let from = 0; from < count; from += atOnce) {
    const to = Math.min(count, from + atOnce);
    const numbers = `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${to})`;
    db.exec("BEGIN");
    for (const { into, select } of copies) db.exec(`${into} ${numbers} ${select}`);
    db.exec("COMMIT");
  }
  db.exec(`UPDATE id_block SET next = ${base + count + 1_000_000}; PRAGMA wal_checkpoint(TRUNCATE)`);
  db.close();
}

/** An INSERT of what stands first in the table, once for each i, with other values in some columns. */
function copy(db: DatabaseSync, table: string, changed: Readonly<Record<string, string>>) {
  const names = db
    .prepare(`SELECT name FROM pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name));
  const values = names.map((name) => changed[name] ?? `t.${name}`);
  const template = `(SELECT * FROM ${table} WHERE ${names[0]} = (SELECT min(${names[0]}) FROM ${table}))`;
  return {
    into: `INSERT INTO ${table} (${names.join(", ")})`,
    select: `SELECT ${values.join(", ")} FROM n, ${template} AS t`,
  };
}

/** The refresh tokens of some of the copies, far apart: derived, as the server itself derives them. */
export async function scatteredTokens(
  store: Store,
  about: { readonly keyFile: string; readonly issuer: string; readonly rows: number; readonly count: number },
): Promise<string[]> {
  const ring = await loadRing({ file: about.keyFile, create: false });
  const rotation = { every: 7_776_000, publishAhead: 86_400, keepAfter: 172_800 };
  const keys = await openKeys({ ring, store, clock: systemClock, rotation });
  const apart = Math.max(1, Math.floor(about.rows / about.count));
  const tokens: string[] = [];
  for (let row = 0; row < about.rows && tokens.length < about.count; row += apart) {
    const lineage = await store.lineages.find(base + row);
    if (!lineage) throw new Error(`There is no lineage ${base + row}.`);
    tokens.push(refreshToken(keys, about.issuer, lineage, lineage.keyId, lineage.generation));
  }
  return tokens;
}
