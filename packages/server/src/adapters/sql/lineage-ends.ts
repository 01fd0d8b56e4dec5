import type { Instant } from "../../records/instant.ts";
import type { LineageEnd } from "../../records/lineage.ts";
import { type Statement, statement, type Value } from "./database.ts";

interface Ending {
  readonly reason: LineageEnd;
  readonly at: Instant;
  readonly params: readonly Value[];
}

/**
 * Ends what stands of an owner, whole: first its unspent codes and approved devices go, then its lineages end. In this order a redemption
 * that runs at the same time either loses its code or has its lineage seen.
 * @param where over columns that a code, a device code and a lineage all have
 */
export function endThose(where: string, { reason, at, params }: Ending): Statement[] {
  return [
    statement(`DELETE FROM code WHERE ${where} AND spent_at IS NULL`, ...params),
    statement(
      `DELETE FROM device_code WHERE ${where} AND decision = 'approved' AND spent_at IS NULL`,
      ...params,
    ),
    statement(
      `UPDATE lineage SET ended_at = ?, end_reason = ? WHERE ${where} AND ended_at IS NULL`,
      at,
      reason,
      ...params,
    ),
  ];
}
