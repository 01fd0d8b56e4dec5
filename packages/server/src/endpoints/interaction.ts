import { invalidRequest } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { json } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { AuthorizationError } from "../interaction/answer.ts";
import { currentPerson } from "../interaction/session.ts";
import { readUntil } from "../interaction/until.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import { act } from "../sign-in/act.ts";
import { stateOf } from "../sign-in/state.ts";
import { Turns } from "../sign-in/turns.ts";
import type { SignInFault } from "../sign-in/way.ts";
import { isAsShown, tokenOfShown } from "./as-shown.ts";
import { requireVisit, type Visit } from "./ceremony.ts";
import type { Context } from "./context.ts";
import { decide, finishWithout } from "./decide.ts";
import { frameOf } from "./frame.ts";
import { consentShown, signInShown } from "./interaction-facts.ts";
import { type JsonBody, requireJson } from "./json-body.ts";
import { judgePending } from "./pending.ts";
import { onwards } from "./sign-in.ts";
import { faultText } from "./sign-in-page.ts";
import { signedInCookies } from "./signed-in-cookies.ts";

/**
 * The interaction API, version 1: what waits for a person, as JSON, and the steps that they can take. Our own pages take the
 * same steps by the same functions. It answers only in the browser that began, and other origins only if the operator
 * named them as the pages of a team (`sign_in.pages_url`).
 */
export function interactionState(context: Context): Endpoint {
  return async (request, story) => {
    const now = context.clock.now();
    const visit = await requireVisit(context, request, Parameters.parse(request.query), story, now);
    story.says("The interaction was told.");
    return await told(context, request, visit, {}, story, now);
  };
}

/** One step: `action` and what it needs. */
export function interactionStep(context: Context): Endpoint {
  const { clock, keys, settings, basePath, ways, passwords } = context;
  const turns = new Turns();
  return async (request, story) => {
    const now = clock.now();
    const given = requireJson(request);
    const action = given.optional("action");
    if (action !== undefined && ways.get(action)?.isHashed) {
      await turns.next();
      passwords.requireRoom();
    }
    const visit = await requireVisit(context, request, given, story, now);
    requireFormToken(
      keys,
      request,
      given,
      visit.browser,
      purposeOf(visit),
      settings.issuer,
      pagesOrigin(context),
    );
    if (action === undefined)
      throw invalidRequest("The member action is missing.", "parameter.missing", { fact: "action" });
    if (action === "consent") return await consented(context, request, visit, given, story, now);
    const acted = await act(context, ways, visit, action, given);
    switch (acted.kind) {
      case "elsewhere":
        return json(200, { version: 1, step: "elsewhere", location: absolute(context, acted.location) });
      case "again":
        return await told(context, request, await again(), { fault: acted.fault }, story, now);
      case "next":
        return await told(context, request, await again(), {}, story, now);
      case "signed-in": {
        const person = await signedIn(acted.cookie);
        const answer = await told(context, request, { ...(await again()), person }, {}, story, now);
        return {
          ...answer,
          headers: { ...answer.headers, "set-cookie": signedInCookies(context, visit, acted) },
        };
      }
    }

    async function again(): Promise<Visit> {
      return await requireVisit(context, request, given, story, now);
    }

    async function signedIn(cookie: string) {
      return await currentPerson(context.store, cookie, now);
    }
  };

  function absolute({ settings: { issuer } }: Context, location: string): string {
    return new URL(location, `${issuer}${basePath}/`).href;
  }
}

interface Aside {
  readonly fault?: SignInFault;
}

/** Where the person is now: signing in, deciding, or done. */
async function told(
  context: Context,
  request: HttpRequest,
  visit: Visit,
  { fault }: Aside,
  story: Story,
  now: Instant,
): Promise<HttpResponse> {
  const { keys, settings } = context;
  const { interaction, purpose, person, browser } = visit;
  const frame = frameOf(context, request, {
    uiLocales: visit.wants.uiLocales,
    account: person?.account,
    clientId: interaction.clientId,
  });
  const about = {
    version: 1,
    interaction: interaction.id,
    form_token: formToken(keys, browser, purposeOf(visit)),
    expires_at: interaction.expiresAt,
  };
  // What went wrong now, before what went wrong elsewhere.
  const wrong = fault && { fault, message: faultText(frame.words, fault) };
  const status = fault === undefined ? 200 : 400;
  if (purpose.kind === "own") {
    const isIn = person !== undefined && interaction.signedInAt === person.session.authenticatedAt;
    if (isIn) return done(new URL(onwards(context, interaction.id, purpose), settings.issuer).href);
    const state = await stateOf(context, context.ways, visit);
    return json(status, { ...about, ...signInShown(visit, state, frame.words), ...wrong });
  }
  try {
    const judged = await judgePending(context, withPerson(purpose.pending, visit), story, now);
    if (judged.step === "sign-in" || !judged.person) {
      const state = await stateOf(context, context.ways, visit);
      return json(status, { ...about, ...signInShown(visit, state, frame.words), ...wrong });
    }
    if (judged.step === "finish")
      return done(await finishWithout(context, judged, visit, judged.person, story, now));
    const shown = await consentShown(context, judged, judged.person, frame, now);
    const token = tokenOfShown(about.form_token, judged);
    return json(status, { ...about, form_token: token, ...shown, ...wrong });
  } catch (thrown) {
    return refused(thrown);
  }
}

async function consented(
  context: Context,
  request: HttpRequest,
  visit: Visit,
  given: JsonBody,
  story: Story,
  now: Instant,
): Promise<HttpResponse> {
  const { purpose } = visit;
  if (purpose.kind === "own") throw invalidRequest("No app is waiting here.", "interaction.unknown");
  try {
    const judged = await judgePending(context, purpose.pending, story, now);
    if (judged.step === "sign-in" || !judged.person)
      return await told(context, request, visit, {}, story, now);
    const isAllowed = given.optional("decision") === "allow";
    // What may be allowed is no longer what the page offered: it is told anew.
    if (isAllowed && !isAsShown(given, judged)) return await told(context, request, visit, {}, story, now);
    const decision = {
      isAllowed,
      ticked: given.all("scope"),
      until: readUntil(given.has("until") ? (given.optional("until") ?? "") : undefined),
      address: request.address,
    };
    return done(await decide(context, judged, visit, judged.person, decision, story, now));
  } catch (thrown) {
    return refused(thrown);
  }
}

/** What the client is to be told, the browser carries there; a person is asked first where nobody vouches for the place. */
function refused(thrown: unknown): HttpResponse {
  if (!(thrown instanceof AuthorizationError)) throw thrown;
  const { location, automatic, clientName, code, message } = thrown;
  return json(200, {
    version: 1,
    step: "refused",
    error: code,
    error_description: message,
    location,
    ask_first: !automatic,
    client_name: clientName,
  });
}

function done(location: string): HttpResponse {
  return json(200, { version: 1, step: "done", location });
}

function withPerson<P extends Visit["purpose"] & { kind: "client" }>(
  pending: P["pending"],
  { person, interaction }: Visit,
): P["pending"] {
  return { ...pending, person, interaction };
}

/** A token counts for who is signed in: a decision that was begun by one person is not taken for another's. */
function purposeOf({ interaction, person }: Visit): string {
  return `interaction ${interaction.id} ${person?.account.id ?? ""}`;
}

export function pagesOrigin({ settings }: Pick<Context, "settings">): string | undefined {
  const { pagesUrl } = settings.signIn;
  return pagesUrl === null ? undefined : new URL(pagesUrl).origin;
}
