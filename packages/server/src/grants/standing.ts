import { invalidGrant } from "@valetkey/protocol/errors";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Permission } from "../records/grant.ts";

/** The account behind a grant, if it may still act. @throws invalid_grant "account.disabled" */
export async function requireLiveAccount(
  store: Pick<Store, "accounts">,
  accountId: string,
): Promise<Account> {
  const account = await store.accounts.find(accountId);
  if (!account || account.disabledAt !== null) throw invalidGrant("account.disabled", { fact: accountId });
  return account;
}

/** The identity scopes among what was granted: those under the issuer. */
export function identityOf(permissions: readonly Permission[], issuer: string): readonly string[] {
  return permissions.find(({ resource }) => resource === issuer)?.scopes ?? [];
}
