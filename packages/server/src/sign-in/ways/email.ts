import { tooManyRequests } from "@valetkey/protocol/errors";
import { emailFault } from "../../operations/new-account.ts";
import type { Counter } from "../attempt.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { knownBrowser } from "../known-browser.ts";
import { codeLifetime, newMailedCode } from "../mailed-code.ts";
import type { Outcome, Way } from "../way.ts";

/**
 * Asks for a code by mail. The page that follows is the same whether there is an account or not, and so is the time: the
 * mail leaves after the answer. To an address without an account nothing is sent.
 */
export const email: Way = {
  action: "email",
  places: ["begin", "email-code"],
  isOpen: ({ settings, post }) => settings.signIn.email && post.isOpen,
  act: sendCode,
};

async function sendCode(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const { store, audit, keys } = context;
  const { address, now, story, language, interaction, known } = ceremony;
  const typed = given.optional("email") ?? interaction.progress.email ?? "";
  const to = typed.trim().toLowerCase();
  if (emailFault(to) !== undefined) return { kind: "wrong", fault: "email.invalid", email: typed };
  const found = await store.accounts.findByEmail(to);
  requireMailRoom(context, to, ceremony, "code", knownBrowser(keys, known, found, now));
  const account = found?.disabledAt === null ? found : undefined;
  const about = { purpose: "sign-in", email: to, accountId: account?.id ?? null, details: {} } as const;
  const code = await newMailedCode(context, ceremony, about);
  story.says(account ? "A code was mailed." : "There is no account that a code could be mailed to.");
  if (account) {
    audit.record({ at: now, what: "sign-in.code-mailed", accountId: account.id, address });
    const link = linkOf(context, ceremony, code);
    const recipient = { email: to, language: account.locale ?? language };
    context.post.send("sign-in", recipient, { code, link, lifetime: codeLifetime });
  }
  return { kind: "next", progress: { step: "email-code", email: to } };
}

/**
 * It opens the page, ours or the team's, with the code filled in: what opens links by itself, as mail scanners do, signs
 * nobody in.
 */
export function linkOf(
  { settings: { issuer, signIn } }: Pick<SignInContext, "settings">,
  { interaction }: Pick<Ceremony, "interaction">,
  code: string,
): string {
  const url = new URL(signIn.pagesUrl ?? `${issuer}/sign-in`);
  url.searchParams.set("interaction", interaction.id);
  url.searchParams.set("code", code);
  return url.href;
}

/**
 * Mails to one address are few, so that nobody's mailbox is flooded, and those from one network address too. Links for a new
 * password are counted apart: who asks for codes in somebody's place keeps no link from them, and who asks for links
 * mails them what they need, since those count in every browser. A browser that the account knows counts by itself: nobody who
 * asks elsewhere, or behind the same address, keeps it from its codes.
 * @param browser the name that `knownBrowser` gave
 * @throws "request.rate" with Retry-After
 */
export function requireMailRoom(
  { limiter }: Pick<SignInContext, "limiter">,
  email: string,
  { address, now }: Pick<Ceremony, "address" | "now">,
  about: "code" | "reset" = "code",
  browser?: string,
): void {
  const counters: readonly Counter[] =
    browser !== undefined
      ? [["mail", `known ${browser}`]]
      : [
          ["mail", `${about} ${email}`],
          ["mail_address", address],
        ];
  const wait = Math.max(...counters.map(([limit, key]) => limiter.waitFor(limit, key, now)));
  if (wait > 0) throw tooManyRequests(wait, "request.rate");
  for (const [limit, key] of counters) limiter.count(limit, key, now);
}
