import type { Account } from "../../records/account.ts";
import type { SignInProgress } from "../../records/interaction.ts";
import type { Ceremony } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { passwordMarkOf, personOf } from "../person.ts";
import type { Outcome, Way } from "../way.ts";

/** Who made an account without a password may make a passkey at once; where all must have a second factor, that page asks. */
export function offersPasskey({ settings: { signIn } }: SignInContext, { passwordHash }: Account): boolean {
  return signIn.passkeys && signIn.secondFactor === "optional" && passwordHash === null;
}

/** Where it is offered: the first factor of the new account fits. */
export function passkeyOffer(
  { now }: Ceremony,
  account: Account,
  methods: readonly string[],
): SignInProgress {
  const { id: accountId, email } = account;
  const proven = { provenAt: now, passwordMark: passwordMarkOf(account) };
  return { step: "offered-passkey", accountId, email, methods, ...proven };
}

/** They would rather go on without. */
export const noPasskey: Way = {
  action: "no-passkey",
  places: ["offered-passkey"],
  isOpen: () => true,
  async act(context, ceremony): Promise<Outcome> {
    const account = await personOf(context, ceremony);
    return account ? { kind: "proved", account, methods: [] } : { kind: "wrong", fault: "page.stale" };
  },
};
