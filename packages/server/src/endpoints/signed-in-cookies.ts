import { contextOf } from "@valetkey/protocol/authentication-context";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { Acted } from "../sign-in/acted.ts";
import type { Ceremony } from "../sign-in/ceremony.ts";
import { knownLifetime, provenBrowser, withKnown } from "../sign-in/known-browser.ts";
import type { Context } from "./context.ts";

type Needed = Pick<Context, "cookies" | "keys" | "settings">;

/** What a browser is given when somebody has signed in in it: the session, and that the account knows it from now on. */
export function signedInCookies(
  context: Needed,
  { known, now }: Pick<Ceremony, "known" | "now">,
  { cookie, account, methods }: Extract<Acted, { kind: "signed-in" }>,
): readonly string[] {
  const { cookies, keys, settings } = context;
  const session = cookies.set("session", cookie, settings.lifetimes.session);
  const isProven = contextOf(methods) === "aal2" || provenBrowser(keys, known, account, now) !== undefined;
  return [session, knownCookie(context, known, account, isProven, now)];
}

/**
 * @param known the value that the cookie has now
 * @param isProven whether the person showed two factors in this browser, now or before
 */
export function knownCookie(
  { cookies, keys }: Pick<Needed, "cookies" | "keys">,
  known: string | undefined,
  account: Account,
  isProven: boolean,
  now: Instant,
): string {
  return cookies.set("known", withKnown(keys, known, account, isProven, now), knownLifetime);
}
