import type { Upstream } from "../ports/upstreams.ts";
import type { Account } from "../records/account.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { secondFactorsOf } from "./second-factors.ts";
import { type ShownFactors, shownFactors } from "./shown-factors.ts";
import type { Place, Way } from "./way.ts";
import { openUpstreams } from "./ways/upstream.ts";

/** Where a person is with their sign-in, and what they can do there: all that a page, ours or another's, needs to know. */
export interface SignInState {
  readonly place: Place;
  /** The actions that can be taken now. */
  readonly actions: readonly string[];
  /** What was typed or hinted, or whose second factor is asked for. */
  readonly email: string | undefined;
  /** Whose first factor fitted. */
  readonly account: Account | undefined;
  /** What the browser or the person is given, for the actions that take it. */
  readonly factors: ShownFactors;
  /** Where else they may sign in, for the action "upstream". */
  readonly upstreams: readonly Upstream[];
  /** What went wrong elsewhere, where they come back from there. */
  readonly fault: { readonly word: string; readonly upstream: Upstream | undefined } | undefined;
}

export async function stateOf(
  context: SignInContext,
  ways: ReadonlyMap<string, Way>,
  { interaction, wants }: Pick<Ceremony, "interaction" | "wants">,
): Promise<SignInState> {
  const { store } = context;
  const { step: place = "begin", accountId, email = wants.loginHint } = interaction.progress;
  const account = accountId === undefined ? undefined : await store.accounts.find(accountId);
  const open = [...ways.values()].filter((way) => way.places.includes(place) && way.isOpen(context));
  const has = place === "second-factor" && account ? await factorsOf(context, account) : undefined;
  const actions = open.map(({ action }) => action).filter((action) => has?.includes(action) ?? true);
  const factors = await shownFactors(context, interaction, account, actions);
  const upstreams = actions.includes("upstream") ? openUpstreams(context.upstreams) : [];
  const { fault: word, faultOf } = interaction.progress;
  const upstream = context.upstreams.list.find(({ id }) => id === faultOf);
  const fault = word === undefined ? undefined : { word, upstream };
  return { place, actions, email, account, factors, upstreams, fault };
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
