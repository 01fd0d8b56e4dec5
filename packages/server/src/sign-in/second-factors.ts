import type { SignInContext } from "./context.ts";

export interface SecondFactors {
  readonly oneTimePassword: boolean;
  readonly recoveryCodes: boolean;
  readonly passkey: boolean;
  /** Whether there is any. */
  readonly has: boolean;
  /** Whether they must be asked for after a weaker sign-in: who set up one-time passwords wants that. */
  readonly demands: boolean;
}

/**
 * What an account has beside its first factor. A passkey alone does not make a password worthless: that a person has one on
 * the phone must not keep them out on a computer without it, unless they or the operator want two factors.
 */
export async function secondFactorsOf(
  { store, settings }: Pick<SignInContext, "store" | "settings">,
  accountId: string,
): Promise<SecondFactors> {
  const [secret, codes, passkeys] = await Promise.all([
    store.oneTimePasswords.find(accountId),
    store.recoveryCodes.left(accountId),
    store.passkeys.listOf(accountId),
  ]);
  const oneTimePassword = secret !== undefined;
  const passkey = settings.signIn.passkeys && passkeys.length > 0;
  const has = oneTimePassword || passkey;
  return { oneTimePassword, recoveryCodes: has && codes > 0, passkey, has, demands: oneTimePassword };
}
