import { Parameters } from "@valetkey/protocol/parameters";
import { page, seeOther } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { type Invited, readInvitation } from "../operations/invitation.ts";
import { newAccount, readName } from "../operations/new-account.ts";
import { judgeNewPassword, minimumPasswordLength, passwordFaultWord } from "../operations/new-password.ts";
import { invitationPage, spentInvitationPage } from "../pages/invitation.ts";
import type { Story } from "../ports/story.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { beginInteraction } from "../sign-in/begin.ts";
import { methods } from "../sign-in/methods.ts";
import { proved } from "../sign-in/proved.ts";
import type { SignInFault } from "../sign-in/way.ts";
import { passwordAsked } from "../sign-in/ways/sign-up.ts";
import { hashSecret } from "../tokens/secret.ts";
import { browserForm } from "./browser-form.ts";
import { requireVisit } from "./ceremony.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { destinationPath, destinationQuery } from "./own-destination.ts";
import { pageHref } from "./page-href.ts";
import { meterPolicy, passwordMeterOf } from "./password-strength.ts";
import { faultText } from "./sign-in-page.ts";
import { signedInCookies } from "./signed-in-cookies.ts";

/** Where an invitation leads, in whatever browser; it spends nothing, since mail scanners open links too. */
export function invitationForm(context: Context): Endpoint {
  const { clock } = context;
  return async (request, story) => {
    const link = Parameters.parse(request.query).optional("link") ?? "";
    const invited = await openInvitation(context, link, clock.now());
    story.says(invited ? "The page of an invitation was shown." : spentStory);
    return invited ? shown(context, request, link, invited, {}) : spent(context, request);
  };
}

/** Makes the account and spends the invitation, or neither; and signs the person in, who has shown enough for that. */
export function invitation(context: Context): Endpoint {
  const { store, clock, keys, cookies, settings, passwords, audit } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const link = form.optional("link") ?? "";
    requireFormToken(keys, request, form, cookies.read(request, "browser"), purposeOf(link), settings.issuer);
    const invited = await openInvitation(context, link, now);
    if (!invited) {
      story.says(spentStory);
      return spent(context, request);
    }
    const { email, roles } = invited;
    const name = readName(form.optional("name"));
    const password = settings.signIn.password ? form.optional("password") : undefined;
    const fault = await faultOf(context, { email, name }, password);
    if (fault !== undefined) return shown(context, request, link, { email, name }, { fault });
    const passwordHash = password === undefined ? null : await passwords.hash(password);
    const account = newAccount({ email, name, passwordHash, roles }, now);
    if ((await store.mailedProofs.redeem(invited.id, account)) !== "fresh") return spent(context, request);
    const { address } = request;
    audit.record({ at: now, what: "account.invitation-accepted", accountId: account.id, address });
    story.says("An invited person made their account.");
    return await signedIn(context, request, account, story, now);
  };
}

/** An invitation counts while the operator lets people in so, and nobody has the address. */
async function openInvitation({ store, settings }: Context, link: string, now: Instant) {
  if (settings.signIn.signUp === "closed") return undefined;
  const invited = await readInvitation(store, link, now);
  if (!invited) return undefined;
  return (await store.accounts.findByEmail(invited.email)) ? undefined : invited;
}

async function faultOf(
  context: Context,
  owner: Pick<Invited, "email" | "name">,
  password: string | undefined,
): Promise<SignInFault | undefined> {
  if (owner.name === "") return "name.missing";
  if (password === undefined) return passwordAsked(context) === "required" ? "password.short" : undefined;
  const { productName } = context.settings;
  const { fault } = await judgeNewPassword(context, password, { ...owner, productName });
  return fault ? `password.${passwordFaultWord(fault)}` : undefined;
}

/** On to their account page as by any other sign-in: where everybody must have a second factor, that comes first. */
async function signedIn(
  context: Context,
  request: HttpRequest,
  account: Account,
  story: Story,
  now: Instant,
): Promise<HttpResponse> {
  const { cookies, basePath } = context;
  const destination = {
    to: account.passwordHash === null ? "account/security" : "account",
    userCode: undefined,
  } as const;
  // The form's token was bound to it.
  const browser = cookies.read(request, "browser") ?? "";
  const query = destinationQuery(destination);
  const waiting = { query, clientId: "", browser, address: request.address, progress: {} };
  const interaction = await beginInteraction(context, waiting, now);
  const visit = await requireVisit(context, request, { optional: () => interaction }, story, now);
  const shown = account.passwordHash === null ? methods.mail : methods.password;
  const acted = await proved(context, visit, account, shown);
  if (acted.kind !== "signed-in") return seeOther(pageHref(context, "sign-in", interaction));
  return seeOther(destinationPath(basePath, destination), signedInCookies(context, visit, acted));
}

function shown(
  context: Context,
  request: HttpRequest,
  link: string,
  { email, name }: Pick<Invited, "email" | "name">,
  { fault }: { readonly fault?: SignInFault },
): HttpResponse {
  const frame = frameOf(context, request);
  const { browser, formToken, cookies } = browserForm(context, request, purposeOf(link));
  const html = invitationPage({
    ...frame,
    action: `${context.basePath}/invitation`,
    formToken,
    hidden: { link },
    email,
    name,
    asksPassword: passwordAsked(context),
    minimumPasswordLength,
    meter: passwordMeterOf(context, browser),
    ...(fault !== undefined && { error: faultText(frame.words, fault) }),
    errorAt: (["name", "password"] as const).find((field) => fault?.startsWith(`${field}.`)),
  });
  return page(html, { ...meterPolicy(context), status: fault === undefined ? 200 : 400, cookies });
}

function spent(context: Context, request: HttpRequest): HttpResponse {
  return page(spentInvitationPage(frameOf(context, request)), { status: 410 });
}

const spentStory = "The invitation is spent, too old, or was never made, or the address has an account.";

function purposeOf(link: string): string {
  return `invitation ${hashSecret(link)}`;
}
