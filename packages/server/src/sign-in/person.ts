import type { Account } from "../records/account.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** Whose first factor fitted, if their account still stands. */
export async function personOf(
  { store }: Pick<SignInContext, "store">,
  { interaction }: Pick<Ceremony, "interaction">,
): Promise<Account | undefined> {
  const { accountId } = interaction.progress;
  const account = accountId === undefined ? undefined : await store.accounts.find(accountId);
  return account?.disabledAt === null ? account : undefined;
}
