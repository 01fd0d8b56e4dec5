import { page } from "../http/answer.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { removeOneTimePassword } from "../operations/one-time-passwords.ts";
import { newRecoveryCodes } from "../operations/recovery-codes.ts";
import { disconnect } from "../operations/upstream-identities.ts";
import { securityPage } from "../pages/account-security.ts";
import { recoveryCodesPage } from "../pages/new-second-factor.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";
import { securityFacts } from "./account-security-facts.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  offeredBy,
  writeTo,
} from "./account-visit.ts";
import type { Context } from "./context.ts";
import { fresh } from "./own-page.ts";
import { faultText } from "./sign-in-page.ts";
import { mailVerification } from "./verify-email.ts";

const to = "account/security";

/** Everything by which a person signs in. */
export function securityForm(context: Context): Endpoint {
  return accountShows(context, { to }, async (_, visit) => {
    visit.story.says("The page of how they sign in was shown.");
    const frame = accountFrame(context, visit, to);
    const html = securityPage({
      ...frame,
      ...told(context, visit, frame.words),
      ...(await securityFacts(context, visit, frame)),
    });
    // The form that connects an account leads to a server elsewhere.
    return page(html, { leaves: context.upstreams.list.length > 0 });
  });
}

/** What was done, or why it was not: words of closed sets, in the address. */
function told(context: Context, { given }: AccountVisit, words: Words): { notice?: string; error?: string } {
  const { done } = words.security;
  const id = given.optional("upstream");
  const upstream = context.upstreams.list.find((one) => one.id === id)?.name ?? "";
  const fault = given.optional("fault");
  if (fault !== undefined) return { error: faultText(words, fault, upstream) };
  const kept = given.optional("kept");
  if (kept === "way") return { error: words.security.onlyWay };
  if (kept === "factor") return { error: words.security.onlyFactor };
  if (kept !== undefined) return { error: words.accountPages.stale };
  const word = given.optional("connected") === "yes" ? "connected" : (given.optional("done") ?? "");
  return Object.hasOwn(done, word) ? { notice: tell(done[word as keyof typeof done], { upstream }) } : {};
}

type Change = (context: Context, visit: AccountVisit) => Promise<HttpResponse>;

/** By what the form's button says. */
const changes: ReadonlyMap<string, Change> = new Map([
  ["remove-app", removeApp],
  ["new-codes", newCodes],
  ["kept-codes", async (context: Context) => backTo(context, to)],
  ["disconnect", disconnectElsewhere],
  ["verify-email", verifyEmail],
]);

/** One change, by who proved lately who they are. What is gone, or another's, is left and not told apart. */
export function security(context: Context): Endpoint {
  return accountTakes(context, { to, within: fresh }, async (_, visit) => {
    const change = changes.get(visit.given.optional("action") ?? "");
    return change ? await change(context, visit) : backTo(context, to);
  });
}

async function removeApp(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { account, request, now, story } = visit;
  if (await isOnlyFactor(context, visit)) return backTo(context, to, { kept: "factor" });
  const about = { address: request.address, now };
  if (!(await removeOneTimePassword(context, account.id, about)))
    return backTo(context, to, { kept: "stale" });
  story.says("The authenticator app was removed.");
  writeTo(context, visit, "second-factor-removed");
  return backTo(context, to, { done: "appRemoved" });
}

/** Where a second factor is required, a passkey has to be left. */
async function isOnlyFactor({ store, settings }: Context, { account }: AccountVisit): Promise<boolean> {
  if (settings.signIn.secondFactor !== "required") return false;
  return !settings.signIn.passkeys || (await store.passkeys.listOf(account.id)).length === 0;
}

/** Shown this once, in the answer itself: they are kept nowhere that a second page could read them from. */
async function newCodes(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { store } = context;
  const { account, request, now, story } = visit;
  const [secret, passkeys] = await Promise.all([
    store.oneTimePasswords.find(account.id),
    store.passkeys.listOf(account.id),
  ]);
  if (!secret && passkeys.length === 0) return backTo(context, to, { kept: "stale" });
  const codes = await newRecoveryCodes(context, account.id, { address: request.address, now });
  story.says("New recovery codes were made and shown.");
  writeTo(context, visit, "recovery-codes-made");
  return shownCodes(context, visit, codes);
}

export function shownCodes(context: Context, visit: AccountVisit, codes: readonly string[]): HttpResponse {
  return page(recoveryCodesPage({ ...accountFrame(context, visit, to), codes, keeps: "kept-codes" }));
}

async function disconnectElsewhere(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { account, request, now, given } = visit;
  const elsewhere = {
    upstream: given.optional("upstream") ?? "",
    subject: given.optional("subject") ?? "",
  };
  const about = { address: request.address, now };
  const outcome = await disconnect(context, account, elsewhere, offeredBy(context), about);
  if (outcome === "last") return backTo(context, to, { kept: "way" });
  if (outcome === "unknown") return backTo(context, to, { kept: "stale" });
  const name = context.upstreams.list.find(({ id }) => id === elsewhere.upstream)?.name;
  writeTo(context, visit, "identity-removed", name ?? elsewhere.upstream);
  return backTo(context, to, { done: "disconnected" });
}

async function verifyEmail(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { account, request, now } = visit;
  if (account.emailVerified || !context.post.isOpen) return backTo(context, to, { kept: "stale" });
  await mailVerification(context, request, account, now);
  return backTo(context, to, { done: "verificationMailed" });
}
