import { shownOneTimePassword } from "../operations/one-time-passwords.ts";
import { passkeyCreation } from "../operations/passkeys.ts";
import type { SetUp } from "../ports/one-time-passwords.ts";
import type { WebAuthnJson } from "../ports/passkeys.ts";
import type { Account } from "../records/account.ts";
import type { Interaction } from "../records/interaction.ts";
import { fromWord, unsealSecret } from "../tokens/one-time-secret.ts";
import { challengeOf } from "./challenge.ts";
import type { SignInContext } from "./context.ts";

/** What a page has to show or to hand to the browser, so that the person can do what is open to them. */
export interface ShownFactors {
  /** With the action "passkey": what `navigator.credentials.get` is given. */
  readonly passkeyRequest?: WebAuthnJson;
  /** With the action "new-passkey": what `navigator.credentials.create` is given. */
  readonly passkeyCreation?: WebAuthnJson;
  /** With the action "confirm-one-time-password": what the app takes over. */
  readonly oneTimePassword?: SetUp;
  /** With the action "kept-recovery-codes": what the person is to put away. */
  readonly recoveryCodes?: readonly string[];
}

export async function shownFactors(
  context: SignInContext,
  interaction: Interaction,
  account: Account | undefined,
  actions: readonly string[],
): Promise<ShownFactors> {
  const { keys, passkeys, settings } = context;
  const { newSecret, newCodes } = interaction.progress;
  const canDo = (action: string) => actions.includes(action);
  const setUp =
    account && newSecret !== undefined && canDo("confirm-one-time-password")
      ? shownOneTimePassword(context, account, newSecret, settings.productName)
      : undefined;
  const codes =
    account && newCodes !== undefined && canDo("kept-recovery-codes")
      ? unsealSecret(keys, "shown-recovery-codes", account.id, fromWord(newCodes))
      : undefined;
  return {
    ...(canDo("passkey") && { passkeyRequest: passkeys.request(challengeOf(keys, interaction)) }),
    ...(account &&
      canDo("new-passkey") && {
        passkeyCreation: await passkeyCreation(context, account, challengeOf(keys, interaction)),
      }),
    ...(setUp && { oneTimePassword: setUp }),
    ...(codes && { recoveryCodes: Buffer.from(codes).toString().split(" ") }),
  };
}
