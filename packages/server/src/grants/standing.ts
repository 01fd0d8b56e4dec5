import { invalidGrant } from "@valetkey/protocol/errors";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import { intersection, scopesOf, withinClient, withinRoles } from "../tokens/entitlement.ts";

/** The account behind a grant, if it may still act. @throws invalid_grant "account.disabled" */
export async function requireLiveAccount(
  store: Pick<Store, "accounts">,
  accountId: string,
): Promise<Account> {
  const account = await store.accounts.find(accountId);
  if (!account || account.disabledAt !== null) throw invalidGrant("account.disabled", { fact: accountId });
  return account;
}

/**
 * What was granted, as far as the consent still stands, and the client's ceiling and a role of the person still allow it:
 * judged for every token.
 * @throws invalid_grant "grant.ended", "scope.beyond-role"
 */
export async function stillAllowed(
  store: Pick<Store, "grants" | "roles">,
  held: { readonly grantId: number; readonly permissions: readonly Permission[] },
  account: Account,
  client: Client,
  issuer: string,
): Promise<readonly Permission[]> {
  const [grant, roles] = await Promise.all([store.grants.find(held.grantId), store.roles.list()]);
  if (!grant) throw invalidGrant("grant.ended");
  const consented = intersection(held.permissions, grant.permissions);
  const allowed = withinRoles(withinClient(consented, client, issuer), account, roles, issuer);
  if (allowed.length === 0 && held.permissions.length > 0)
    throw invalidGrant("scope.beyond-role", { fact: scopesOf(consented).join(" ").slice(0, 200) });
  return allowed;
}

/** The identity scopes among what was granted: those under the issuer. */
export function identityOf(permissions: readonly Permission[], issuer: string): readonly string[] {
  return permissions.find(({ resource }) => resource === issuer)?.scopes ?? [];
}
