import type { Grant } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { isAlive } from "./lineage-facts.ts";
import { isoMoment } from "./wording.ts";

/** A grant and what an operator wants to see beside it. */
export interface ToldGrant {
  readonly grant: Grant;
  /** undefined when the account is gone. */
  readonly email: string | undefined;
  readonly lineages: readonly Lineage[];
}

/** A grant as --json prints it. */
export function grantFacts({ grant, email, lineages }: ToldGrant, now: Instant) {
  const lastUsed = lastUsedAt(lineages);
  return {
    grant_id: grant.id,
    account_id: grant.accountId,
    email: email ?? null,
    client_id: grant.clientId,
    permissions: grant.permissions.map(({ resource, scopes }) => ({ resource, scope: scopes.join(" ") })),
    created_at: isoMoment(grant.createdAt),
    updated_at: isoMoment(grant.updatedAt),
    lineages_alive: lineages.filter((one) => isAlive(one, now)).length,
    last_used_at: lastUsed === null ? null : isoMoment(lastUsed),
  };
}

export function lastUsedAt(lineages: readonly Lineage[]): Instant | null {
  return lineages.reduce<Instant | null>((last, one) => Math.max(last ?? 0, one.lastUsedAt), null);
}
