import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { Acted } from "../sign-in/acted.ts";
import type { Ceremony } from "../sign-in/ceremony.ts";
import { knownLifetime, withKnown } from "../sign-in/known-browser.ts";
import type { Context } from "./context.ts";

type Needed = Pick<Context, "cookies" | "keys" | "settings">;

/** What a browser is given when somebody has signed in in it: the session, and that the account knows it from now on. */
export function signedInCookies(
  context: Needed,
  { known, now }: Pick<Ceremony, "known" | "now">,
  { cookie, account }: Extract<Acted, { kind: "signed-in" }>,
): readonly string[] {
  const { cookies, settings } = context;
  const session = cookies.set("session", cookie, settings.lifetimes.session);
  return [session, knownCookie(context, known, account, now)];
}

/** @param known the value that the cookie has now */
export function knownCookie(
  { cookies, keys }: Pick<Needed, "cookies" | "keys">,
  known: string | undefined,
  account: Account,
  now: Instant,
): string {
  return cookies.set("known", withKnown(keys, known, account, now), knownLifetime);
}
