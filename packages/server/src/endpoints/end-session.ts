import { invalidRequest } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { page, seeOther } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import type { SignedIn } from "../interaction/authorization.ts";
import { currentPerson } from "../interaction/session.ts";
import { confirmSignOutPage } from "../pages/confirm-sign-out.ts";
import { signedOutPage } from "../pages/signed-out.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import { hashSecret } from "../tokens/secret.ts";
import { browserForm } from "./browser-form.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";

const purpose = "end-session";

interface Asked {
  readonly client: Client | undefined;
  /** Whether the ID token hint proves that the client speaks of this browser's session. */
  readonly isProven: boolean;
  /** Registered exactly, with the request's state. */
  readonly location: string | undefined;
}

/**
 * OpenID Connect RP-Initiated Logout: a client sends the browser to sign out. With an ID token of this very session it
 * happens at once; otherwise the person is asked, so that no page can sign anybody out by a link.
 */
export function endSessionEndpoint(context: Context): Endpoint {
  const { store, clock, keys, cookies, settings, basePath } = context;
  return async (request, story) => {
    const now = clock.now();
    const isPost = request.method === "POST";
    if (isPost) requireForm(request);
    const parameters = Parameters.parse(isPost ? request.body : request.query);
    const isAnswer = isPost && parameters.has("form_token");
    // The session cookie does not come with a form of another site: the same request as a GET finds the session.
    if (isPost && !isAnswer) return seeOther(`${basePath}/end-session?${new URLSearchParams(request.body)}`);
    const person = await currentPerson(store, cookies.read(request, "session"), now);
    const asked = await read(context, request, parameters, person, now);
    if (asked.client) story.client(asked.client.id);
    if (!person)
      return done(context, request, asked.client?.kind === "registered" ? asked.location : undefined, []);
    if (isAnswer) {
      const browser = cookies.read(request, "browser");
      requireFormToken(keys, request, parameters, browser, purpose, settings.issuer);
      if (parameters.optional("decision") !== "sign_out") return seeOther(`${basePath}/`);
      return await signOut(context, request, person, asked, now);
    }
    if (asked.isProven) return await signOut(context, request, person, asked, now);
    return confirm(request, parameters, person, asked);
  };

  function confirm(
    request: HttpRequest,
    parameters: Parameters,
    { account }: SignedIn,
    asked: Asked,
  ): HttpResponse {
    const bound = browserForm(context, request, purpose);
    const names = ["client_id", "id_token_hint", "post_logout_redirect_uri", "state"];
    const hidden = Object.fromEntries(
      names.flatMap((name) => {
        const value = parameters.optional(name);
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const html = confirmSignOutPage({
      ...frameOf(context, request, { account }),
      action: `${basePath}/end-session`,
      formToken: bound.formToken,
      hidden,
      account: { email: account.email, name: account.name },
      ...(asked.client ? { clientName: asked.client.name } : {}),
    });
    return page(html, {
      leaves: asked.location !== undefined,
      cookies: bound.cookies,
    });
  }
}

/** @throws invalid_request "logout.redirect-uri" when the redirect is not registered for the client that is named */
async function read(
  { keys, settings, resolveClient }: Context,
  request: HttpRequest,
  parameters: Parameters,
  person: SignedIn | undefined,
  now: Instant,
): Promise<Asked> {
  const hint = parameters.optional("id_token_hint");
  const claims = hint === undefined ? undefined : await keys.open("JWT", hint);
  const hinted = claims?.iss === settings.issuer && typeof claims.aud === "string" ? claims.aud : undefined;
  const named = parameters.optional("client_id") ?? hinted;
  if (named !== undefined && hinted !== undefined && named !== hinted) {
    throw invalidRequest("client_id differs from the ID token's client.", "logout.redirect-uri");
  }
  const client = named === undefined ? undefined : await resolveClient(named, now, request.address);
  const asked = parameters.optional("post_logout_redirect_uri");
  if (asked !== undefined && !client?.postLogoutRedirectUris.includes(asked)) {
    throw invalidRequest("The post_logout_redirect_uri is not registered.", "logout.redirect-uri", {
      fact: asked.slice(0, 300),
    });
  }
  const isProven = hinted !== undefined && person !== undefined && claims?.sid === person.session.sid;
  return { client, isProven, location: asked && withState(asked, parameters.optional("state")) };
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  return `${uri}${uri.includes("?") ? "&" : "?"}${new URLSearchParams({ state })}`;
}

async function signOut(
  context: Context,
  request: HttpRequest,
  { session, account }: SignedIn,
  asked: Asked,
  now: Instant,
): Promise<HttpResponse> {
  const { store, audit, cookies } = context;
  const cookie = cookies.read(request, "session");
  if (cookie !== undefined) {
    await store.sessions.signOut(hashSecret(cookie), session.sid, asked.client?.id ?? null, now);
  }
  audit.record({ at: now, what: "sign-out.done", accountId: account.id, address: request.address });
  return done(context, request, asked.location, [cookies.clear("session")]);
}

/**
 * RP-Initiated Logout §3: without a hint that holds here, only an address that the operator registered is followed; what
 * a client says of itself makes no open redirector of us.
 */
function done(
  context: Context,
  request: HttpRequest,
  location: string | undefined,
  cookies: readonly string[],
): HttpResponse {
  if (location !== undefined) return seeOther(location, cookies);
  return page(signedOutPage(frameOf(context, request)), { cookies });
}
