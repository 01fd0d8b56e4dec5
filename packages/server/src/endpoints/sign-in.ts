import { tooManyRequests } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { redirectHost } from "@valetkey/protocol/redirect-uri";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { beginSession } from "../interaction/session.ts";
import { signInPage } from "../pages/sign-in.ts";
import type { Demo } from "../ports/settings.ts";
import type { Story } from "../ports/story.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { type Pending, requirePending } from "./pending.ts";

/** The page on which a person signs in for a client that waits. */
export function signInForm(context: Context): Endpoint {
  return async (request, story) => {
    const query = Parameters.parse(request.query);
    const pending = await requirePending(context, request, query, story, context.clock.now());
    story.says("The sign-in page was shown.");
    return shown(context, pending, pending.parameters.optional("login_hint"), undefined);
  };
}

/** A password, judged; the answer and its time are the same for a wrong one and for no account. */
export function signIn(context: Context): Endpoint {
  const { store, clock, keys, cookies, settings, limiter, passwords, audit, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const pending = await requirePending(context, request, form, story, now);
    requireFormToken(keys, request, form, pending.browser, pending.interaction.id, settings.issuer);
    const email = form.optional("email")?.trim().toLowerCase() ?? "";
    requireRoom(request, email, now);
    const account = await store.accounts.findByEmail(email);
    const fits = await passwords.verify(form.optional("password") ?? "", account?.passwordHash ?? null);
    // Guesses that ran side by side all passed the first look; once they are too many, no answer tells which was right.
    requireRoom(request, email, now);
    if (!account || !fits || account.disabledAt !== null)
      return refused(request, pending, email, account, story, now);

    const replaces = cookies.read(request, "session");
    const about = {
      amr: ["pwd"],
      userAgent: request.header("user-agent") ?? "",
      lifetime: settings.lifetimes.session,
    };
    const session = await beginSession(store, account, about, replaces, now);
    await store.interactions.signedIn(pending.interaction.id, now);
    story.says("A person signed in.");
    audit.record({ at: now, what: "sign-in.done", accountId: account.id, address: request.address });
    const cookie = cookies.set("session", session, settings.lifetimes.session);
    return seeOther(`${basePath}/consent?interaction=${pending.interaction.id}`, [cookie]);
  };

  function requireRoom(request: HttpRequest, email: string, now: Instant): void {
    const wait = Math.max(
      limiter.waitFor("sign_in", signInKey(email, request), now),
      limiter.waitFor("sign_in_address", request.address, now),
    );
    if (wait > 0) throw tooManyRequests(wait, "request.rate");
  }

  function refused(
    request: HttpRequest,
    pending: Pending,
    email: string,
    account: Account | undefined,
    story: Story,
    now: Instant,
  ): HttpResponse {
    limiter.count("sign_in", signInKey(email, request), now);
    limiter.count("sign_in_address", request.address, now);
    const who = account ? { accountId: account.id } : {};
    const detail =
      account && account.disabledAt !== null ? "The account is switched off." : "Wrong e-mail or password.";
    audit.record({ at: now, what: "sign-in.refused", ...who, address: request.address, detail });
    story.says(`Nobody was signed in, and the page was shown again. ${detail}`);
    return shown(context, pending, email, "E-mail or password is wrong.");
  }
}

/** One counter for an e-mail at an address: nobody can lock a person out from elsewhere. */
function signInKey(email: string, request: HttpRequest): string {
  return `${email.slice(0, 200)} ${request.address}`;
}

function shown(
  { keys, settings, basePath }: Context,
  pending: Pending,
  email: string | undefined,
  error: string | undefined,
): HttpResponse {
  const { interaction, client, redirectUri, browser } = pending;
  const html = signInPage({
    ...frameOf(settings, basePath),
    action: `${basePath}/sign-in`,
    formToken: formToken(keys, browser, interaction.id),
    hidden: { interaction: interaction.id },
    client: { name: client.name, host: redirectHost(redirectUri) },
    ...(email === undefined ? {} : { email }),
    ...(error === undefined ? {} : { error }),
    ...(settings.demo ? { demoAccounts: demoAccounts(settings.demo.accounts) } : {}),
  });
  return page(html, { status: error === undefined ? 200 : 400, leaves: true });
}

function demoAccounts(accounts: Demo["accounts"]) {
  return accounts.map(({ email, password, roles }) => ({
    email,
    password,
    note: roles.join(", ") || "no further role",
  }));
}
