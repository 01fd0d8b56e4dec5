import { contextOf } from "@valetkey/protocol/authentication-context";
import { page } from "../http/answer.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { judgeNewPassword, minimumPasswordLength } from "../operations/new-password.ts";
import { countedWays, waysLeft } from "../operations/ways-left.ts";
import { ownPasswordPage } from "../pages/account-password.ts";
import { attempt, type Counter } from "../sign-in/attempt.ts";
import { knownBrowser } from "../sign-in/known-browser.ts";
import { guessCounters } from "../sign-in/ways/password.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  offeredBy,
  record,
  writeTo,
} from "./account-visit.ts";
import type { Context } from "./context.ts";
import { fresh } from "./own-page.ts";
import { meterPolicy, passwordMeterOf } from "./password-strength.ts";
import { passwordWords } from "./password-words.ts";
import { knownCookie } from "./signed-in-cookies.ts";

const to = "account/security/password";
const back = "account/security";

/** Where a person sets a password, changes it, or takes it away. */
export function passwordForm(context: Context): Endpoint {
  return accountShows(context, { to, within: fresh }, async (_, visit) => await shown(context, visit, {}));
}

export function password(context: Context): Endpoint {
  return accountTakes(context, { to, within: fresh }, async (_, visit) => {
    const action = visit.given.optional("action");
    if (action === "remove") return await remove(context, visit);
    return action === "set" ? await set(context, visit) : backTo(context, back);
  });
}

interface Shown {
  readonly error?: string;
  readonly errorAt?: "current" | "password";
}

async function shown(
  context: Context,
  visit: AccountVisit,
  { error, errorAt }: Shown,
): Promise<HttpResponse> {
  const { store } = context;
  const { account, given } = visit;
  const isSet = account.passwordHash !== null;
  const frame = accountFrame(context, visit, to);
  const others = (await waysLeft(store, account, offeredBy(context))).filter(
    ({ kind }) => kind !== "password",
  );
  const stays = isSet && context.settings.signIn.password && others.length === 0;
  const html = ownPasswordPage({
    ...frame,
    isSet,
    minimumPasswordLength,
    meter: passwordMeterOf(context, visit.browser),
    signsOut: error === undefined || given.optional("sign_out") === "on",
    ...(stays && { stays: frame.words.security.onlyWay }),
    ...(error !== undefined && { error }),
    ...(errorAt !== undefined && { errorAt }),
  });
  return page(html, { ...meterPolicy(context), status: error === undefined ? 200 : 400 });
}

/** The one that stands is asked for: a browser that was left open must not give the account to whoever finds it. */
async function set(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { store, settings, passwords } = context;
  const { account, session, given, story } = visit;
  const { words } = accountFrame(context, visit, to);
  if (!settings.signIn.password) return backTo(context, back, { kept: "stale" });
  if (account.passwordHash !== null && !(await isCurrent(context, visit))) {
    record(context, visit, "account.password-refused");
    return await shown(context, visit, { error: words.security.wrongPassword, errorAt: "current" });
  }
  const typed = given.optional("password") ?? "";
  const owner = { email: account.email, name: account.name, productName: settings.productName };
  const { fault } = await judgeNewPassword(context, typed, owner);
  if (fault) return await shown(context, visit, { error: passwordWords(words, fault), errorAt: "password" });
  const signsOut = given.optional("sign_out") === "on";
  const kept = signsOut ? { idHash: session.idHash } : "all";
  const passwordHash = await passwords.hash(typed);
  if (!(await store.accounts.setPassword(account.id, passwordHash, kept)))
    return backTo(context, back, { kept: "stale" });
  record(context, visit, "account.password-set");
  story.says(`A new password was set${signsOut ? ", and every other session ended" : ""}.`);
  writeTo(context, visit, "password-changed");
  const answer = backTo(context, back, { done: signsOut ? "passwordSetEverywhere" : "passwordSet" });
  // With a new password no browser is known any more, but for this one.
  const known = context.cookies.read(visit.request, "known");
  const isProven = contextOf(session.amr) === "aal2";
  const cookie = knownCookie(context, known, { ...account, passwordHash }, isProven, visit.now);
  return { ...answer, headers: { ...answer.headers, "set-cookie": [cookie] } };
}

/** Guesses here count with those at the sign-in page. @throws OAuthError "request.rate" with Retry-After */
async function isCurrent(
  { limiter, passwords, cookies, keys }: Context,
  visit: AccountVisit,
): Promise<boolean> {
  const { account, request, now, given } = visit;
  const judge = () =>
    passwords.verify(given.optional("current") ?? "", account.passwordHash, request.address);
  const browser = knownBrowser(keys, cookies.read(request, "known"), account, now);
  const counters: readonly Counter[] = [
    ...guessCounters(browser, account.email, request.address),
    ["second_factor", `current ${account.id}`],
  ];
  return await attempt(limiter, counters, now, judge, (fits) => !fits);
}

async function remove(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { store } = context;
  const { account, story } = visit;
  const counted = countedWays(offeredBy(context));
  if (!(await store.accounts.takeWayIn(account.id, { kind: "password" }, counted))) {
    const stands = (await store.accounts.find(account.id))?.passwordHash != null;
    return backTo(context, back, { kept: stands ? "way" : "stale" });
  }
  record(context, visit, "account.password-removed");
  story.says("The password was removed.");
  writeTo(context, visit, "password-removed");
  return backTo(context, back, { done: "passwordRemoved" });
}
