import { attempt, type Counter } from "./attempt.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/**
 * Judges a guess at a second factor. It comes only after a first factor that fitted, so the account alone is counted for,
 * from whatever address: nobody without the password can keep a person out so. Ten guesses in ten minutes, all
 * the time, would find one of a million codes within a year; so a day has its own limit.
 * @throws OAuthError "request.rate" with Retry-After
 */
export async function attemptSecondFactor(
  { limiter, audit }: Pick<SignInContext, "limiter" | "audit">,
  { now, address, story }: Ceremony,
  accountId: string,
  judge: () => Promise<boolean>,
): Promise<boolean> {
  const counters: readonly Counter[] = [
    ["second_factor", accountId],
    ["second_factor_day", accountId],
  ];
  const fits = await attempt(limiter, counters, now, judge, (fits) => !fits);
  if (!fits) {
    const detail = "The first factor fitted, the second one did not.";
    audit.record({ at: now, what: "sign-in.refused", accountId, address, detail });
    story.says(detail);
  }
  return fits;
}
