import { Parameters } from "@valetkey/protocol/parameters";
import { page } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { accountToVerify, emailVerification, verifyEmail } from "../operations/verify-email.ts";
import { spentVerificationPage, verificationPage, verifiedPage } from "../pages/verification.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { requireMailRoom } from "../sign-in/ways/email.ts";
import { hashSecret } from "../tokens/secret.ts";
import { browserForm } from "./browser-form.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf, languageOf } from "./frame.ts";

/**
 * Mails a person the link that confirms their address.
 * @throws "request.rate" with Retry-After
 */
export async function mailVerification(
  context: Context,
  request: HttpRequest,
  account: Account,
  now: Instant,
): Promise<void> {
  const { store, settings, post, audit } = context;
  const { address } = request;
  requireMailRoom(context, account.email, { address, now });
  const facts = await emailVerification(store, settings.issuer, account, now);
  const language = account.locale ?? languageOf(context, request).tag;
  audit.record({ at: now, what: "account.verification-mailed", accountId: account.id, address });
  post.send("verify-email", { email: account.email, language }, facts);
}

/** Where the link leads, in whatever browser; it spends nothing, since mail scanners open links too. */
export function verifyEmailForm(context: Context): Endpoint {
  const { store, clock, basePath } = context;
  return async (request, story) => {
    const link = Parameters.parse(request.query).optional("link") ?? "";
    const found = await accountToVerify(store, link, clock.now());
    story.says(found ? "The page that confirms an address was shown." : "The link is spent or too old.");
    if (!found) return spent(context, request);
    const { formToken, cookies } = browserForm(context, request, purposeOf(link));
    const target = { action: `${basePath}/verify-email`, formToken, hidden: { link } };
    const { email } = found.account;
    return page(verificationPage({ ...frameOf(context, request), ...target, email }), { cookies });
  };
}

export function verifyEmailByForm(context: Context): Endpoint {
  const { store, clock, keys, cookies, settings, audit, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const link = form.optional("link") ?? "";
    requireFormToken(keys, request, form, cookies.read(request, "browser"), purposeOf(link), settings.issuer);
    const found = await accountToVerify(store, link, now);
    if (!found || !(await verifyEmail(store, found))) return spent(context, request);
    const { id: accountId, email } = found.account;
    audit.record({ at: now, what: "account.email-verified", accountId, address: request.address });
    story.says("A person confirmed their address.");
    return page(verifiedPage({ ...frameOf(context, request), email, accountHref: `${basePath}/account` }));
  };
}

function spent(context: Context, request: HttpRequest): HttpResponse {
  return page(spentVerificationPage(frameOf(context, request)), { status: 410 });
}

function purposeOf(link: string): string {
  return `verify-email ${hashSecret(link)}`;
}
