import type { Instant } from "./instant.ts";

/** What was granted at one resource; `resource` is the issuer for identity scopes (openid, profile, email). */
export interface Permission {
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** How long one scope of a resource is remembered; the scope is empty where the resource itself was granted. */
export interface Limit {
  readonly resource: string;
  readonly scope: string;
  readonly endsAt: Instant;
}

/** What one account let one client do; the thing a person sees and revokes. One row for account and client. */
export interface Grant {
  readonly id: number;
  readonly accountId: string;
  readonly clientId: string;
  readonly permissions: readonly Permission[];
  /** What the person let it do for a while only; absent where all of it stands until they end it. */
  readonly limits?: readonly Limit[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/**
 * What the person still stands by without being asked again. What lapsed stays on record for the devices that were let in
 * for longer, each of which has an end of its own.
 */
export function rememberedOf(grant: Grant | undefined, now: Instant): readonly Permission[] {
  if (!grant?.limits) return grant?.permissions ?? [];
  const lapsed = grant.limits.filter(({ endsAt }) => endsAt <= now);
  const isLapsed = (resource: string, scope: string) =>
    lapsed.some((limit) => limit.resource === resource && limit.scope === scope);
  return grant.permissions.flatMap(({ resource, scopes }) => {
    const left = scopes.filter((scope) => !isLapsed(resource, scope));
    const stands = scopes.length === 0 ? !isLapsed(resource, "") : left.length > 0;
    return stands ? [{ resource, scopes: left }] : [];
  });
}

/** When the first of `permissions` lapses; undefined when none does. */
export function firstEnd(grant: Grant, permissions: readonly Permission[]): Instant | undefined {
  const ends = (grant.limits ?? [])
    .filter(({ resource, scope }) =>
      permissions.some(
        (one) =>
          one.resource === resource && (scope === "" ? one.scopes.length === 0 : one.scopes.includes(scope)),
      ),
    )
    .map(({ endsAt }) => endsAt);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
