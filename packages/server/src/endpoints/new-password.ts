import type { Parameters } from "@valetkey/protocol/parameters";
import { page } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import { readMailedLink } from "../operations/mailed-link.ts";
import { judgeNewPassword, minimumPasswordLength } from "../operations/new-password.ts";
import { newPasswordPage, passwordSetPage, spentResetLinkPage } from "../pages/reset.ts";
import type { Story } from "../ports/story.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { MailedProof } from "../records/mailed-proof.ts";
import { provenBrowser } from "../sign-in/known-browser.ts";
import { hashSecret } from "../tokens/secret.ts";
import { browserForm } from "./browser-form.ts";
import type { Context } from "./context.ts";
import { endAllAccess } from "./end-all-access.ts";
import { frameOf, languageOf } from "./frame.ts";
import { pageHref } from "./page-href.ts";
import { meterPolicy, passwordMeterOf } from "./password-strength.ts";
import { passwordWords } from "./password-words.ts";
import { knownCookie } from "./signed-in-cookies.ts";

/** Where the link of the mail leads, in whatever browser; it spends nothing, since mail scanners open links too. */
export async function newPasswordForm(
  context: Context,
  request: HttpRequest,
  link: string,
  story: Story,
  now: Instant,
): Promise<HttpResponse> {
  const found = await accountOf(context, link, now);
  story.says(found ? "The page for a new password was shown." : "The link is spent or too old.");
  if (!found) return spent(context, request);
  return shown(context, request, link, found.account, { signsOut: true, endsAccess: false });
}

/**
 * Spends the link and sets the password, of any number of forms once. It signs nobody in, so that a second factor is asked for
 * at the next sign-in as at every other.
 */
export async function newPassword(
  context: Context,
  request: HttpRequest,
  form: Parameters,
  link: string,
  story: Story,
  now: Instant,
): Promise<HttpResponse> {
  const { store, keys, cookies, settings, passwords, audit, post, feed } = context;
  requireFormToken(keys, request, form, cookies.read(request, "browser"), purposeOf(link), settings.issuer);
  const found = await accountOf(context, link, now);
  if (!found) return spent(context, request);
  const { account, proof } = found;
  const choices = {
    signsOut: form.optional("sign_out") === "on",
    endsAccess: form.optional("end_access") === "on",
  };
  const password = form.optional("password") ?? "";
  const owner = { email: account.email, name: account.name, productName: settings.productName };
  const { fault } = await judgeNewPassword(context, password, owner);
  if (fault) {
    story.says("The password could not be taken.");
    const { words } = frameOf(context, request);
    return shown(context, request, link, account, { ...choices, error: passwordWords(words, fault) });
  }
  const hash = await passwords.hash(password);
  if (!(await store.mailedProofs.spend(proof.id))) return spent(context, request);
  const isSet = await store.accounts.setPassword(account.id, hash, choices.signsOut ? "none" : "all");
  if (!isSet) return spent(context, request);
  await store.accounts.verifyEmail(account.id, proof.email);
  const { address } = request;
  audit.record({ at: now, what: "account.password-reset", accountId: account.id, address });
  story.says("A new password was set.");
  if (choices.endsAccess) {
    await endAllAccess(context, account.id, address, now);
    feed.nudge();
    story.says("All access was ended.");
  }
  const language = account.locale ?? languageOf(context, request).tag;
  post.send("password-changed", { email: account.email, language }, {});
  const html = passwordSetPage({
    ...frameOf(context, request),
    signedOut: choices.signsOut,
    endedAccess: choices.endsAccess,
    signInHref: await onwards(context, request, proof, now),
  });
  // Who read the mail is no stranger: guesses elsewhere must not keep them from the new password.
  const known = cookies.read(request, "known");
  // Nobody proved a second factor by it: that this browser showed one is kept, and nothing is added.
  const isProven = provenBrowser(keys, known, account, now) !== undefined;
  const changed = { ...account, passwordHash: hash };
  return page(html, { cookies: [knownCookie(context, known, changed, isProven, now)] });
}

/** Whose password the link sets; nobody's whose address has changed or whose account is off. */
async function accountOf(
  { store }: Context,
  link: string,
  now: Instant,
): Promise<{ readonly proof: MailedProof; readonly account: Account } | undefined> {
  const proof = await readMailedLink(store, "reset-password", link, now);
  const account = proof?.accountId == null ? undefined : await store.accounts.find(proof.accountId);
  if (!proof || account?.email !== proof.email || account.disabledAt !== null) return undefined;
  return { proof, account };
}

/** Back to what the person was about to do, where that waits in this browser; else to their account. */
async function onwards(
  context: Context,
  request: HttpRequest,
  { details }: MailedProof,
  now: Instant,
): Promise<string> {
  const { store, cookies, basePath } = context;
  const { interaction: id } = details;
  const waiting = typeof id === "string" ? await store.interactions.find(id) : undefined;
  const browserHash = hashSecret(cookies.read(request, "browser") ?? "");
  const isHere = waiting?.browserHash === browserHash && now < waiting.expiresAt;
  return isHere ? pageHref(context, "sign-in", waiting.id) : `${basePath}/account`;
}

interface Shown {
  readonly signsOut: boolean;
  readonly endsAccess: boolean;
  readonly error?: string;
}

function shown(
  context: Context,
  request: HttpRequest,
  link: string,
  { email }: Account,
  given: Shown,
): HttpResponse {
  const { browser, formToken, cookies } = browserForm(context, request, purposeOf(link));
  const html = newPasswordPage({
    ...frameOf(context, request),
    action: `${context.basePath}/reset`,
    formToken,
    hidden: { link },
    email,
    minimumPasswordLength,
    meter: passwordMeterOf(context, browser),
    ...given,
  });
  return page(html, { ...meterPolicy(context), status: given.error === undefined ? 200 : 400, cookies });
}

function spent(context: Context, request: HttpRequest): HttpResponse {
  const frame = frameOf(context, request);
  return page(spentResetLinkPage({ ...frame, resetHref: `${context.basePath}/reset` }), { status: 410 });
}

function purposeOf(link: string): string {
  return `reset ${hashSecret(link)}`;
}
