import { contextOf } from "@valetkey/protocol/authentication-context";
import { networkOf } from "../ports/network.ts";
import type { Account } from "../records/account.ts";
import { attempt, type Counter } from "./attempt.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { provenBrowser } from "./known-browser.ts";

/**
 * Judges a guess at a second factor, which comes only after a first factor that fitted.
 * @throws OAuthError "request.rate" with Retry-After
 */
export async function attemptSecondFactor(
  { limiter, audit }: Pick<SignInContext, "limiter" | "audit">,
  { now, address, story }: Pick<Ceremony, "now" | "address" | "story">,
  accountId: string,
  counters: readonly Counter[],
  judge: () => Promise<boolean>,
): Promise<boolean> {
  const fits = await attempt(limiter, counters, now, judge, (fits) => !fits);
  if (!fits) {
    const detail = "The first factor fitted, the second one did not.";
    // Always written down: there are few, and no junk before them may hide one.
    audit.record({ at: now, what: "sign-in.refused", accountId, address, detail });
    story.says(detail);
  }
  return fits;
}

/**
 * What a wrong code of an app counts for. Of a million codes three are right at any moment, and ten guesses in ten minutes, all
 * the time, would find one within a year; so a day has its own limit, from whatever address. Whoever has somebody's password must
 * not keep them out by using it up: browsers in which the person showed two factors have one together, the networks in which
 * they are signed in with two factors another one, and all others a third. So a day has three times the limit at most.
 */
export async function appCounters(
  { store, keys }: Pick<SignInContext, "store" | "keys">,
  { known, address, now }: Pick<Ceremony, "known" | "address" | "now">,
  account: Account,
): Promise<readonly Counter[]> {
  const { id } = account;
  const browser = provenBrowser(keys, known, account, now);
  if (browser !== undefined) {
    return [
      ["second_factor", `known ${browser}`],
      ["second_factor_day", `known ${id}`],
    ];
  }
  const network = networkOf(address);
  const sessions = await store.sessions.listOf(id);
  const isNear = sessions.some(
    (one) => now < one.expiresAt && contextOf(one.amr) === "aal2" && networkOf(one.address) === network,
  );
  const whose = isNear ? `near ${id}` : id;
  return [
    ["second_factor", whose],
    ["second_factor_day", whose],
  ];
}

/**
 * What a wrong recovery code counts for: one address at one account, or one browser in which the person showed two factors. With 80
 * bits nobody guesses one, from however many addresses; so nothing that others do elsewhere keeps a person from theirs.
 */
export function recoveryCounters(
  { keys }: Pick<SignInContext, "keys">,
  { known, address, now }: Pick<Ceremony, "known" | "address" | "now">,
  account: Account,
): readonly Counter[] {
  const browser = provenBrowser(keys, known, account, now);
  return [["second_factor", browser ? `recovery known ${browser}` : `recovery ${account.id} ${address}`]];
}
