import { outOfService } from "../adapters/sql/withdrawn.ts";
import type { SqliteConnection } from "../adapters/sqlite/connection.ts";

/** So many numbers are passed over when nobody knows which were given out since the copy was made. */
const passedOver = 1_000_000_000;

/**
 * What was begun before the copy and may have been finished or used up since is gone: browsers sign in again, logins under
 * way begin again, links and codes are worth nothing. A spent code stays: its replay must be recognised.
 */
export function dropUnfinished(db: SqliteConnection): void {
  for (const table of ["session", "interaction", "set_up_link", "mailed_proof"])
    db.run(`DELETE FROM main.${table}`, []);
  for (const table of ["code", "device_code"]) db.run(`DELETE FROM main.${table} WHERE spent_at IS NULL`, []);
  db.run("DELETE FROM main.setting WHERE name = ?", [outOfService]);
}

/**
 * Lets no number be given twice: an access token names its lineage, and one made after the copy must not pass for another.
 * @param isAttached whether the replaced database, `gone`, tells how far the numbers went
 */
export function passNumbers(db: SqliteConnection, isAttached: boolean): void {
  if (isAttached) {
    db.run(
      "UPDATE main.id_block SET next = max(id_block.next, g.next) FROM gone.id_block g WHERE g.name = id_block.name",
      [],
    );
    db.run(
      "UPDATE main.sqlite_sequence SET seq = max(sqlite_sequence.seq, g.seq) FROM gone.sqlite_sequence g WHERE g.name = sqlite_sequence.name",
      [],
    );
    db.run(
      "INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq FROM gone.sqlite_sequence WHERE name NOT IN (SELECT name FROM main.sqlite_sequence)",
      [],
    );
    return;
  }
  db.run("UPDATE main.id_block SET next = next + ?", [passedOver]);
  db.run("UPDATE main.sqlite_sequence SET seq = seq + ? WHERE name = 'access_grant'", [passedOver]);
}
