import pg from "pg";
import { StoreUnavailable } from "../../ports/store.ts";

/** PostgreSQL appendix A: serialization_failure and deadlock_detected. Nothing of the transaction stands. */
export function mayTryAgain(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === "40001" || error.code === "40P01");
}

/**
 * What a caller is told. An error without SQLSTATE is the connection's own. Of the server's classes these say that it
 * cannot serve now: 08 connection, 25006 a standby, 28 its doors, 3D the database, 53 resources, 57 the operator, 58 disks.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) {
    return /^(?:08|25006|28|3D|53|57|58)/.test(error.code ?? "") ? new StoreUnavailable(error) : error;
  }
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  return error instanceof Error && !isOurs ? new StoreUnavailable(error) : error;
}
