import type { Account } from "../records/account.ts";
import type { SignInProgress } from "../records/interaction.ts";
import { hashSecret } from "../tokens/secret.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** Whose first factor fitted, if their account still stands and has the password and the address that it had then. */
export async function personOf(
  { store }: Pick<SignInContext, "store">,
  { interaction }: Pick<Ceremony, "interaction">,
): Promise<Account | undefined> {
  const { accountId } = interaction.progress;
  const account = accountId === undefined ? undefined : await store.accounts.find(accountId);
  return account?.disabledAt === null && isAsProven(interaction.progress, account) ? account : undefined;
}

/**
 * Whether password and address are still those of the first factor. Who sets a new one ends what somebody else began with the
 * old one, or with a code in the old one's mail: they must not set up a second factor with it.
 */
export function isAsProven({ passwordMark, email }: SignInProgress, account: Account): boolean {
  if (passwordMark === undefined) return true;
  return passwordMark === passwordMarkOf(account) && email === account.email;
}

/** Whether an account is what it was when it was read, in all that ends what is begun for it. */
export function isAsRead(read: Account, account: Account | undefined): boolean {
  if (account?.disabledAt !== null) return false;
  return account.passwordHash === read.passwordHash && account.email === read.email;
}

export function passwordMarkOf({ passwordHash }: Account): string {
  return hashSecret(passwordHash ?? "");
}
