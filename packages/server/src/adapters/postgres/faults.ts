import pg from "pg";
import { StoreUnavailable } from "../../ports/store.ts";

/** PostgreSQL appendix A: serialization_failure and deadlock_detected. Nothing of the transaction stands. */
export function mayTryAgain(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === "40001" || error.code === "40P01");
}

/**
 * What a caller is told. An error without SQLSTATE is the connection's own. Of the server's classes these say that it
 * cannot serve now: 08 connection, 25006 a standby, 28 its doors, 3D the database, 53 resources, 55P03 a lock not given
 * in time, 57 the operator, 58 disks.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) {
    return /^(?:08|25006|28|3D|53|55P03|57|58)/.test(error.code ?? "") ? new StoreUnavailable(error) : error;
  }
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  return error instanceof Error && !isOurs ? new StoreUnavailable(error) : error;
}

/**
 * Whether the server took back the one statement and serves on: something in it was wrong, or it waited too long for a
 * row (55P03, 57014). Not so when the connection is lost: the statement may stand then.
 */
export function tookItBack(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  return error.code === "55P03" || error.code === "57014" || asUnavailable(error) === error;
}
