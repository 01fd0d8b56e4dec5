import type { Account } from "../records/account.ts";
import type { SignInProgress } from "../records/interaction.ts";
import { hashSecret } from "../tokens/secret.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** Whose first factor fitted, if their account still stands and has the password that it had then. */
export async function personOf(
  { store }: Pick<SignInContext, "store">,
  { interaction }: Pick<Ceremony, "interaction">,
): Promise<Account | undefined> {
  const { accountId } = interaction.progress;
  const account = accountId === undefined ? undefined : await store.accounts.find(accountId);
  return account?.disabledAt === null && hasSamePassword(interaction.progress, account) ? account : undefined;
}

/**
 * Whether the password is still that of the first factor. Who sets a new one ends what somebody else began with the old one:
 * they must not set up a second factor with it.
 */
export function hasSamePassword({ passwordMark }: SignInProgress, account: Account): boolean {
  return passwordMark === undefined || passwordMark === passwordMarkOf(account);
}

export function passwordMarkOf({ passwordHash }: Account): string {
  return hashSecret(passwordHash ?? "");
}
