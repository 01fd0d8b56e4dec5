import { invalidGrant } from "@valetkey/protocol/errors";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import { intersection, scopesOf, withinClient, withinRoles } from "../tokens/entitlement.ts";

/** What a code or a lineage rests on. */
export interface Held {
  readonly accountId: string;
  readonly grantId: number;
  readonly permissions: readonly Permission[];
}

export interface Standing {
  readonly account: Account;
  /** What was granted, as far as the consent still stands, and the client's ceiling and a role of the person still allow it. */
  readonly allowed: readonly Permission[];
}

/**
 * The person behind a grant, if they may still act, and what is left of what was granted: judged for every token.
 * @throws invalid_grant "account.disabled", "grant.ended", "scope.beyond-role"
 */
export async function requireStanding(
  store: Pick<Store, "accounts" | "grants" | "roles">,
  held: Held,
  client: Client,
  issuer: string,
): Promise<Standing> {
  const [account, grant, roles] = await Promise.all([
    store.accounts.find(held.accountId),
    store.grants.find(held.grantId),
    store.roles.list(),
  ]);
  if (!account || account.disabledAt !== null)
    throw invalidGrant("account.disabled", { fact: held.accountId });
  if (!grant) throw invalidGrant("grant.ended");
  const consented = intersection(held.permissions, grant.permissions);
  const allowed = withinRoles(withinClient(consented, client, issuer), account, roles, issuer);
  if (allowed.length === 0 && held.permissions.length > 0)
    throw invalidGrant("scope.beyond-role", { fact: scopesOf(consented).join(" ").slice(0, 200) });
  return { account, allowed };
}

/** The identity scopes among what was granted: those under the issuer. */
export function identityOf(permissions: readonly Permission[], issuer: string): readonly string[] {
  return permissions.find(({ resource }) => resource === issuer)?.scopes ?? [];
}
