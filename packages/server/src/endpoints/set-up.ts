import { Parameters } from "@valetkey/protocol/parameters";
import { page } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { emailFault, minimumPasswordLength, newAccount, passwordFault } from "../operations/new-account.ts";
import { setUpDonePage, setUpPage, spentSetUpLinkPage } from "../pages/set-up.ts";
import { administrator } from "../records/role.ts";
import { hashSecret, newName } from "../tokens/secret.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";

const longestName = 200;

/** The one-time link that the first start prints: whoever holds it makes the first administrator. */
export function setUpForm(context: Context): Endpoint {
  const { store, clock, cookies } = context;
  return async (request) => {
    const link = Parameters.parse(request.query).optional("link") ?? "";
    const found = await store.setUpLinks.find(hashSecret(link));
    if (!found || clock.now() >= found.expiresAt || (await hasAdministrator(context))) return spent(context);
    const known = cookies.read(request, "browser");
    const browser = known ?? newName(32);
    return shown(context, link, browser, {}, known ? [] : [cookies.set("browser", browser)]);
  };
}

/** Makes the account and spends the link, or neither. */
export function setUp(context: Context): Endpoint {
  const { store, clock, cookies, keys, settings, passwords, audit, basePath } = context;
  return async (request) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const link = form.optional("link") ?? "";
    const browser = cookies.read(request, "browser");
    requireFormToken(keys, request, form, browser, purposeOf(link), settings.issuer);
    const found = await store.setUpLinks.find(hashSecret(link));
    if (!found || now >= found.expiresAt || (await hasAdministrator(context))) return spent(context);

    const email = form.optional("email")?.trim().toLowerCase() ?? "";
    const name = form.optional("name")?.trim().slice(0, longestName) ?? "";
    const password = form.optional("password") ?? "";
    const error = faultOf(email, password);
    if (error !== undefined) return shown(context, link, browser ?? "", { email, name, error }, []);
    const passwordHash = await passwords.hash(password);
    const account = newAccount({ email, name: name || email, passwordHash, roles: [administrator] }, now);
    const outcome = await store.setUpLinks.redeem(hashSecret(link), account, now);
    if (outcome === "spent") return spent(context);
    if (outcome === "taken") {
      return shown(context, link, browser ?? "", { email, name, error: "This e-mail is taken." }, []);
    }
    audit.record({ at: now, what: "account.set-up", accountId: account.id, address: request.address });
    return page(setUpDonePage({ ...frameOf(settings, basePath), account: { email, name: account.name } }));
  };
}

function faultOf(email: string, password: string): string | undefined {
  if (emailFault(email) !== undefined) return "Give an e-mail address.";
  const fault = passwordFault(password);
  return fault && `The password ${fault}.`;
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
  { keys, settings, basePath }: Context,
  link: string,
  browser: string,
  given: { email?: string; name?: string; error?: string },
  cookies: readonly string[],
): HttpResponse {
  const html = setUpPage({
    ...frameOf(settings, basePath),
    action: `${basePath}/set-up`,
    formToken: formToken(keys, browser, purposeOf(link)),
    hidden: { link },
    minimumPasswordLength,
    ...given,
  });
  return page(html, { cookies, status: given.error === undefined ? 200 : 400 });
}

function spent({ settings, basePath }: Context): HttpResponse {
  return page(spentSetUpLinkPage(frameOf(settings, basePath)), { status: 410 });
}
