import { Parameters } from "@valetkey/protocol/parameters";
import { redirectHost } from "@valetkey/protocol/redirect-uri";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import type { Frame } from "../pages/layout.ts";
import { signInPage } from "../pages/sign-in.ts";
import type { Words } from "../pages/words/words.ts";
import type { Demo } from "../ports/settings.ts";
import { act } from "../sign-in/act.ts";
import { type SignInState, stateOf } from "../sign-in/state.ts";
import type { SignInFault } from "../sign-in/way.ts";
import { type Purpose, requireVisit, type Visit } from "./ceremony.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { directSignIn } from "./direct-sign-in.ts";
import { frameOf } from "./frame.ts";
import { destinationPath } from "./own-destination.ts";

/** The page on which a person signs in, for a client that waits or for a page of ours: wherever they are with it. */
export function signInForm(context: Context): Endpoint {
  return async (request, story) => {
    const query = Parameters.parse(request.query);
    const visit = await requireVisit(context, request, query, story, context.clock.now());
    const direct = await directSignIn(context, visit);
    if (direct?.kind === "elsewhere") return seeOther(direct.location);
    story.says("The sign-in page was shown.");
    return await shown(context, request, visit, direct?.kind === "again" ? direct : undefined);
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
        return await shown(
          context,
          request,
          await requireVisit(context, request, form, story, clock.now()),
          acted,
        );
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

async function shown(
  context: Context,
  request: HttpRequest,
  visit: Visit,
  again: Again | undefined,
): Promise<HttpResponse> {
  const state = await stateOf(context, context.ways, visit);
  const frame = frameOf(context, request, {
    uiLocales: visit.wants.uiLocales,
    account: visit.person?.account,
    clientId: visit.interaction.clientId,
  });
  const html = signInPage(dataOf(context, visit, state, again, frame));
  return page(html, { status: again ? 400 : 200, leaves: visit.purpose.kind === "client" });
}

function dataOf(context: Context, visit: Visit, state: SignInState, again: Again | undefined, frame: Frame) {
  const { keys, settings, basePath } = context;
  const { interaction, browser, purpose } = visit;
  const email = again?.email ?? state.email;
  return {
    ...frame,
    action: `${basePath}/sign-in`,
    formToken: formToken(keys, browser, interaction.id),
    hidden: { interaction: interaction.id },
    ...aboutOf(purpose, frame.words),
    ...(email === undefined ? {} : { email }),
    ...(again && { error: frame.words.signIn.wrong }),
    ...(settings.demo ? { demoAccounts: demoAccounts(settings.demo.accounts, frame.words) } : {}),
  };
}

function aboutOf(purpose: Purpose, { signIn: texts }: Words) {
  if (purpose.kind === "client") {
    const { client, redirectUri } = purpose.pending;
    return { client: { name: client.name, host: redirectHost(redirectUri) } };
  }
  const { to } = purpose.destination;
  return { purpose: to === "device" ? texts.toConnectDevice : texts.toSeeAccount };
}

export function demoAccounts(accounts: Demo["accounts"], { signIn: texts }: Words) {
  return accounts.map(({ email, password, roles }) => ({
    email,
    password,
    note: roles.join(", ") || texts.noRole,
  }));
}
