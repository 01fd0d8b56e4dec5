import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { newName } from "../tokens/secret.ts";
import type { GrantContext, GrantRequest } from "./grant.ts";

/** What a person's consent earned, whichever way it came about. */
export type Earned = Pick<
  Lineage,
  "codeHash" | "accountId" | "grantId" | "permissions" | "nonce" | "sid" | "authenticatedAt" | "amr"
> & {
  /** The end that the person set. */
  readonly accessEndsAt?: Instant;
};

/**
 * The lineage of a device that begins.
 * @param jkt the thumbprint of the key that this request proved, or null
 */
export async function newLineage(
  { store, keys, settings }: GrantContext,
  earned: Earned,
  { client, isProven, userAgent, now }: GrantRequest,
  jkt: string | null,
): Promise<Lineage> {
  const { lifetimes } = settings;
  const longest = now + lifetimes.refreshAbsolute;
  // Kept in the row itself: a refresh reads nothing more for it.
  const absoluteExpiresAt = Math.min(longest, earned.accessEndsAt ?? longest);
  return {
    id: await store.lineages.nextId(),
    codeHash: earned.codeHash,
    clientId: client.id,
    accountId: earned.accountId,
    grantId: earned.grantId,
    permissions: earned.permissions,
    refreshable: isRefreshable(client, scopesOf(earned.permissions)),
    secret: newName(32),
    generation: 1,
    keyId: keys.proofKeyId,
    previousKeyId: null,
    // RFC 9449 §5: who proves itself at each refresh is bound by that, and may change its key. Who proved itself now, and
    // may come without the next time, is not.
    ...(jkt !== null && (!isProven || client.authMethods.includes("none")) && { jkt }),
    rotatedAt: now,
    superseded: [],
    lateAnswers: [],
    nonce: earned.nonce,
    sid: earned.sid,
    authenticatedAt: earned.authenticatedAt,
    amr: earned.amr,
    userAgent: userAgent.slice(0, 200),
    createdAt: now,
    lastUsedAt: now,
    idleExpiresAt: Math.min(now + lifetimes.refreshIdle, absoluteExpiresAt),
    absoluteExpiresAt,
    endedAt: null,
    endReason: null,
  };
}

/** When a refresh token is given: the client registered the grant, or the person granted `offline_access`. */
export function isRefreshable(client: Client, scopes: readonly string[]): boolean {
  return client.grantTypes.includes("refresh_token") || scopes.includes("offline_access");
}
