import type { AuditEvent } from "../records/audit-event.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { isoMoment } from "./wording.ts";

export function isAlive({ endedAt, idleExpiresAt, absoluteExpiresAt }: Lineage, now: Instant): boolean {
  return endedAt === null && now < idleExpiresAt && now < absoluteExpiresAt;
}

/** A lineage as --json prints it, with what the audit log tells of it; never its secret. */
export function lineageFacts(lineage: Lineage, events: readonly AuditEvent[], now: Instant) {
  const { endedAt } = lineage;
  return {
    lineage_id: lineage.id,
    state: stateOf(lineage, now),
    user_agent: lineage.userAgent,
    sid: lineage.sid,
    created_at: isoMoment(lineage.createdAt),
    last_used_at: isoMoment(lineage.lastUsedAt),
    refreshable: lineage.refreshable,
    generation: lineage.generation,
    rotated_at: isoMoment(lineage.rotatedAt),
    late_answers: lineage.lateAnswers.length,
    idle_expires_at: isoMoment(lineage.idleExpiresAt),
    absolute_expires_at: isoMoment(lineage.absoluteExpiresAt),
    ended_at: endedAt === null ? null : isoMoment(endedAt),
    end_reason: lineage.endReason,
    events: events.map((event) => ({
      at: isoMoment(event.at),
      what: event.what,
      address: event.address ?? null,
      user_agent: event.userAgent ?? null,
      detail: event.detail ?? null,
    })),
  };
}

export function stateOf(lineage: Lineage, now: Instant): "alive" | "ended" | "expired" {
  if (lineage.endedAt !== null) return "ended";
  return isAlive(lineage, now) ? "alive" : "expired";
}
