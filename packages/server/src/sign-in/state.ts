import type { Account } from "../records/account.ts";
import type { Ceremony } from "./ceremony.ts";
import { challengeOf } from "./challenge.ts";
import type { SignInContext } from "./context.ts";
import { secondFactorsOf } from "./second-factors.ts";
import type { Place, Way } from "./way.ts";

/** Where a person is with their sign-in, and what they can do there: all that a page, ours or another's, needs to know. */
export interface SignInState {
  readonly place: Place;
  /** The actions that can be taken now. */
  readonly actions: readonly string[];
  /** What was typed or hinted, or whose second factor is asked for. */
  readonly email: string | undefined;
  /** Whose first factor fitted. */
  readonly account: Account | undefined;
  /** What a passkey is to sign; for {@link SignInContext} with the action "passkey" only. */
  readonly challenge: string | undefined;
}

export async function stateOf(
  context: SignInContext,
  ways: ReadonlyMap<string, Way>,
  { interaction, wants }: Pick<Ceremony, "interaction" | "wants">,
): Promise<SignInState> {
  const { store, settings, keys } = context;
  const { step: place = "begin", accountId, email = wants.loginHint } = interaction.progress;
  const account = accountId === undefined ? undefined : await store.accounts.find(accountId);
  const open = [...ways.values()].filter((way) => way.places.includes(place) && way.isOpen(settings.signIn));
  const has = place === "second-factor" && account ? await factorsOf(context, account) : undefined;
  const actions = open.map(({ action }) => action).filter((action) => has?.includes(action) ?? true);
  const challenge = actions.some((action) => ways.get(action)?.isChallenged)
    ? challengeOf(keys, interaction)
    : undefined;
  return { place, actions, email, account, challenge };
}

/** What this person can do at the second factor: not what others could. */
async function factorsOf(context: SignInContext, { id }: Account): Promise<readonly string[]> {
  const { oneTimePassword, recoveryCodes, passkey } = await secondFactorsOf(context, id);
  return [
    ...(passkey ? ["passkey"] : []),
    ...(oneTimePassword ? ["one-time-password"] : []),
    ...(recoveryCodes ? ["recovery-code"] : []),
  ];
}
