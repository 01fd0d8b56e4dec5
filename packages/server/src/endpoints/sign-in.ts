import { Parameters } from "@valetkey/protocol/parameters";
import { redirectHost } from "@valetkey/protocol/redirect-uri";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { signInPage } from "../pages/sign-in.ts";
import type { Demo } from "../ports/settings.ts";
import { act } from "../sign-in/act.ts";
import { type SignInState, stateOf } from "../sign-in/state.ts";
import type { SignInFault } from "../sign-in/way.ts";
import { type Purpose, requireVisit, type Visit } from "./ceremony.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { destinationPath } from "./own-destination.ts";

/** The page on which a person signs in, for a client that waits or for a page of ours: wherever they are with it. */
export function signInForm(context: Context): Endpoint {
  return async (request, story) => {
    const query = Parameters.parse(request.query);
    const visit = await requireVisit(context, request, query, story, context.clock.now());
    story.says("The sign-in page was shown.");
    return await shown(context, visit, undefined);
  };
}

/** One step of it, as a form. Without an `action` it is the password. */
export function signIn(context: Context): Endpoint {
  const { clock, keys, cookies, settings, basePath, ways } = context;
  return async (request, story) => {
    requireForm(request);
    const form = Parameters.parse(request.body);
    const visit = await requireVisit(context, request, form, story, clock.now());
    const { interaction, browser, purpose } = visit;
    requireFormToken(keys, request, form, browser, interaction.id, settings.issuer);
    const acted = await act(context, ways, visit, form.optional("action") ?? "password", form);
    switch (acted.kind) {
      case "signed-in": {
        const cookie = cookies.set("session", acted.cookie, settings.lifetimes.session);
        return seeOther(onwards(basePath, visit.interaction.id, purpose), [cookie]);
      }
      case "next":
        return seeOther(`${basePath}/sign-in?interaction=${interaction.id}`);
      case "elsewhere":
        return seeOther(acted.location);
      case "again":
        return await shown(context, await requireVisit(context, request, form, story, clock.now()), acted);
    }
  };
}

/** Where a person goes who is signed in now. */
export function onwards(basePath: string, interaction: string, purpose: Purpose): string {
  return purpose.kind === "own"
    ? destinationPath(basePath, purpose.destination)
    : `${basePath}/consent?interaction=${interaction}`;
}

interface Again {
  readonly fault: SignInFault;
  readonly email?: string;
}

async function shown(context: Context, visit: Visit, again: Again | undefined): Promise<HttpResponse> {
  const state = await stateOf(context, context.ways, visit);
  const html = signInPage(dataOf(context, visit, state, again));
  return page(html, { status: again ? 400 : 200, leaves: visit.purpose.kind === "client" });
}

function dataOf(context: Context, visit: Visit, state: SignInState, again: Again | undefined) {
  const { keys, settings, basePath } = context;
  const { interaction, browser, purpose } = visit;
  const email = again?.email ?? state.email;
  return {
    ...frameOf(settings, basePath),
    action: `${basePath}/sign-in`,
    formToken: formToken(keys, browser, interaction.id),
    hidden: { interaction: interaction.id },
    ...aboutOf(purpose),
    ...(email === undefined ? {} : { email }),
    ...(again && { error: "E-mail or password is wrong." }),
    ...(settings.demo ? { demoAccounts: demoAccounts(settings.demo.accounts) } : {}),
  };
}

function aboutOf(purpose: Purpose) {
  if (purpose.kind === "client") {
    const { client, redirectUri } = purpose.pending;
    return { client: { name: client.name, host: redirectHost(redirectUri) } };
  }
  const { to } = purpose.destination;
  return { purpose: to === "device" ? "to connect a device" : "to see what you let in" };
}

export function demoAccounts(accounts: Demo["accounts"]) {
  return accounts.map(({ email, password, roles }) => ({
    email,
    password,
    note: roles.join(", ") || "no further role",
  }));
}
