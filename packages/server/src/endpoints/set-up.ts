import { Parameters } from "@valetkey/protocol/parameters";
import { page } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { emailFault, newAccount } from "../operations/new-account.ts";
import { judgeNewPassword, minimumPasswordLength } from "../operations/new-password.ts";
import { setUpDonePage, setUpPage, spentSetUpLinkPage } from "../pages/set-up.ts";
import type { Words } from "../pages/words/words.ts";
import { administrator } from "../records/role.ts";
import { hashSecret } from "../tokens/secret.ts";
import { browserForm } from "./browser-form.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { meterPolicy, passwordMeterOf } from "./password-strength.ts";
import { passwordWords } from "./password-words.ts";

const longestName = 200;

/** The one-time link that the first start prints: whoever holds it makes the first administrator. */
export function setUpForm(context: Context): Endpoint {
  const { store, clock } = context;
  return async (request) => {
    const link = Parameters.parse(request.query).optional("link") ?? "";
    const found = await store.setUpLinks.find(hashSecret(link));
    if (!found || clock.now() >= found.expiresAt || (await hasAdministrator(context)))
      return spent(context, request);
    return shown(context, request, link, {});
  };
}

/** Makes the account and spends the link, or neither. */
export function setUp(context: Context): Endpoint {
  const { store, clock, cookies, keys, settings, passwords, audit } = context;
  return async (request) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const link = form.optional("link") ?? "";
    const browser = cookies.read(request, "browser");
    requireFormToken(keys, request, form, browser, purposeOf(link), settings.issuer);
    const found = await store.setUpLinks.find(hashSecret(link));
    if (!found || now >= found.expiresAt || (await hasAdministrator(context))) return spent(context, request);

    const email = form.optional("email")?.trim().toLowerCase() ?? "";
    const name = form.optional("name")?.trim().slice(0, longestName) ?? "";
    const password = form.optional("password") ?? "";
    const { words } = frameOf(context, request);
    const error = await faultOf(context, { email, name }, password, words);
    if (error !== undefined) return shown(context, request, link, { email, name, error });
    const passwordHash = await passwords.hash(password);
    const account = newAccount({ email, name: name || email, passwordHash, roles: [administrator] }, now);
    const outcome = await store.setUpLinks.redeem(hashSecret(link), account, now);
    if (outcome === "spent") return spent(context, request);
    if (outcome === "taken") {
      return shown(context, request, link, { email, name, error: words.setUp.emailTaken });
    }
    audit.record({ at: now, what: "account.set-up", accountId: account.id, address: request.address });
    return page(setUpDonePage({ ...frameOf(context, request), account: { email, name: account.name } }));
  };
}

async function faultOf(
  { strength, breaches, settings }: Context,
  { email, name }: { readonly email: string; readonly name: string },
  password: string,
  words: Words,
): Promise<string | undefined> {
  if (emailFault(email) !== undefined) return words.setUp.giveEmail;
  const owner = { email, name, productName: settings.productName };
  const { fault } = await judgeNewPassword({ strength, breaches }, password, owner);
  return fault ? passwordWords(words, fault) : undefined;
}

/** A link is for a server that nobody operates yet. */
async function hasAdministrator({ store }: Context): Promise<boolean> {
  const accounts = await store.accounts.list();
  return accounts.some(({ roles, disabledAt }) => roles.includes(administrator) && disabledAt === null);
}

function purposeOf(link: string): string {
  return `set-up ${hashSecret(link)}`;
}

function shown(
  context: Context,
  request: HttpRequest,
  link: string,
  given: { email?: string; name?: string; error?: string },
): HttpResponse {
  const { browser, formToken, cookies } = browserForm(context, request, purposeOf(link));
  const html = setUpPage({
    ...frameOf(context, request),
    action: `${context.basePath}/set-up`,
    formToken,
    hidden: { link },
    minimumPasswordLength,
    meter: passwordMeterOf(context, browser),
    ...given,
  });
  return page(html, { ...meterPolicy(context), status: given.error === undefined ? 200 : 400, cookies });
}

function spent(context: Context, request: HttpRequest): HttpResponse {
  return page(spentSetUpLinkPage(frameOf(context, request)), { status: 410 });
}
