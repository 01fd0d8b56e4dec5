import { Parameters } from "@valetkey/protocol/parameters";
import { redirectHost } from "@valetkey/protocol/redirect-uri";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { signInPage } from "../pages/sign-in.ts";
import type { Demo } from "../ports/settings.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { judgePassword } from "./judge-password.ts";
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

export function signIn(context: Context): Endpoint {
  const { store, clock, keys, settings, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const pending = await requirePending(context, request, form, story, now);
    requireFormToken(keys, request, form, pending.browser, pending.interaction.id, settings.issuer);
    const verdict = await judgePassword(context, request, form, story, now);
    if (verdict.cookie === undefined)
      return shown(context, pending, verdict.email, "E-mail or password is wrong.");
    await store.interactions.signedIn(pending.interaction.id, now);
    return seeOther(`${basePath}/consent?interaction=${pending.interaction.id}`, [verdict.cookie]);
  };
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

export function demoAccounts(accounts: Demo["accounts"]) {
  return accounts.map(({ email, password, roles }) => ({
    email,
    password,
    note: roles.join(", ") || "no further role",
  }));
}
