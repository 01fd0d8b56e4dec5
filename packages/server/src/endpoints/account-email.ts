import { page } from "../http/answer.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { emailFault } from "../operations/new-account.ts";
import { changeEmailPage, newEmailCodePage } from "../pages/account-email.ts";
import type { Interaction } from "../records/interaction.ts";
import { beginInteraction } from "../sign-in/begin.ts";
import { codeLifetime, newMailedCode, redeemMailedCode } from "../sign-in/mailed-code.ts";
import { requireMailRoom } from "../sign-in/ways/email.ts";
import { hashSecret } from "../tokens/secret.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  record,
} from "./account-visit.ts";
import type { Context } from "./context.ts";
import { languageOf } from "./frame.ts";
import { destinationQuery } from "./own-destination.ts";
import { fresh } from "./own-page.ts";

const to = "account/security/email";
const back = "account/security";
const query = destinationQuery({ to, userCode: undefined });

/** Where a person changes their address; with an interaction, where they type the code that went to the new one. */
export function emailForm(context: Context): Endpoint {
  return accountShows(context, { to, within: fresh }, async (_, visit) => {
    if (!context.post.isOpen) return backTo(context, back);
    const waiting = await waitingIn(context, visit);
    if (waiting) return shownCode(context, visit, waiting);
    return page(changeEmailPage(accountFrame(context, visit, to)));
  });
}

export function email(context: Context): Endpoint {
  return accountTakes(context, { to, within: fresh }, async (_, visit) => {
    if (!context.post.isOpen) return backTo(context, back);
    if (visit.given.optional("action") !== "confirm") return await mailCode(context, visit);
    return await confirm(context, visit);
  });
}

/** The code goes to the new address, whoever else may have an account with it: only its reader learns of that. */
async function mailCode(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { store, post, settings } = context;
  const { account, browser, given, request, now, story } = visit;
  const typed = given.optional("email") ?? "";
  const email = typed.trim().toLowerCase();
  if (emailFault(email) !== undefined || email === account.email) {
    const frame = accountFrame(context, visit, to);
    const error = frame.words.faults["email.invalid"];
    return page(changeEmailPage({ ...frame, error, typed: typed.slice(0, 254) }), { status: 400 });
  }
  requireMailRoom(context, email, { address: request.address, now });
  const progress = { email, accountId: account.id };
  const waiting = { query, clientId: "", browser, address: request.address, progress };
  const id = await beginInteraction(context, waiting, now);
  const interaction = await store.interactions.find(id);
  if (!interaction) return backTo(context, to);
  const about = { purpose: "change-email", email, accountId: account.id, details: {} } as const;
  const code = await newMailedCode(context, { interaction, now }, about);
  record(context, visit, "account.email-change-asked");
  story.says("A code was mailed to the new address.");
  const language = account.locale ?? languageOf(context, request).tag;
  const link = `${settings.issuer}/${to}?${new URLSearchParams({ interaction: id, code })}`;
  post.send("change-email", { email, language }, { code, link, lifetime: codeLifetime });
  return backTo(context, to, { interaction: id });
}

async function confirm(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { store, post } = context;
  const { account, given, request, now, story } = visit;
  const { words } = accountFrame(context, visit, to);
  const interaction = await waitingIn(context, visit);
  if (!interaction) return backTo(context, to);
  const typed = given.optional("code") ?? "";
  const proof = await redeemMailedCode(context, { interaction, now }, "change-email", typed);
  if (proof?.accountId !== account.id)
    return shownCode(context, visit, interaction, words.security.wrongCode);
  await store.interactions.finish(interaction.id);
  if (!(await store.accounts.setEmail(account.id, proof.email, account.email))) {
    story.says("Another account has the new address.");
    const frame = accountFrame(context, visit, to);
    return page(changeEmailPage({ ...frame, error: words.security.emailTaken }), { status: 400 });
  }
  record(context, visit, "account.email-changed");
  story.says("The address was changed.");
  const language = account.locale ?? languageOf(context, request).tag;
  // To the old address: whoever it belongs to hears of it there.
  post.send("email-changed", { email: account.email, language }, { about: proof.email });
  return backTo(context, back, { done: "emailChanged" });
}

/** What waits for this account in this browser. */
async function waitingIn(
  { store }: Context,
  { account, browser, given, now }: AccountVisit,
): Promise<Interaction | undefined> {
  const found = await store.interactions.find(given.optional("interaction") ?? "");
  const isTheirs =
    found?.query === query &&
    found.clientId === "" &&
    found.browserHash === hashSecret(browser) &&
    found.progress.accountId === account.id &&
    now < found.expiresAt;
  return isTheirs ? found : undefined;
}

function shownCode(
  context: Context,
  visit: AccountVisit,
  interaction: Interaction,
  error?: string,
): HttpResponse {
  const frame = accountFrame(context, visit, to);
  const code = visit.given.optional("code")?.slice(0, 20);
  const html = newEmailCodePage({
    ...frame,
    hidden: { interaction: interaction.id },
    email: interaction.progress.email ?? "",
    lifetime: codeLifetime,
    ...(error === undefined ? code !== undefined && { code } : { error }),
  });
  return page(html, { status: error === undefined ? 200 : 400 });
}
