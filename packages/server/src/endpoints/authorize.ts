import { OAuthError } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { AuthorizationError } from "../interaction/answer.ts";
import { type Authorization, judgeAuthorization, type SignedIn } from "../interaction/authorization.ts";
import { finishWithCode } from "../interaction/finish.ts";
import { type Parties, requireParties } from "../interaction/parties.ts";
import { currentPerson } from "../interaction/session.ts";
import type { Instant } from "../records/instant.ts";
import { hashSecret, newName } from "../tokens/secret.ts";
import type { Context } from "./context.ts";

/**
 * OAuth 2.1 §3.1, the authorization endpoint: judges the request, and either answers the client at once or begins an
 * interaction whose pages follow. Nothing is written for a request that is refused.
 */
export function authorizationEndpoint(context: Context): Endpoint {
  const { store, clock, cookies, settings, resolveClient, basePath } = context;
  return async (request, story) => {
    const now = clock.now();
    const parameters = Parameters.parse(request.query, { repeatable: ["resource"] });
    const named = parameters.optional("client_id");
    if (named !== undefined) story.client(named);
    const parties = await requireParties(parameters, resolveClient, now);
    const person = await currentPerson(store, cookies.read(request, "session"), now);
    try {
      const judged = await judgeAuthorization(context, parties, parameters, person, null, story, now);
      if (judged.step === "finish" && judged.person) {
        story.says("Consent was given before; the code went out at once.");
        return seeOther(await finishWithCode(context, judged, judged.person, judged.permitted, now));
      }
      return await beginInteraction(request, judged, now);
    } catch (thrown) {
      throw thrown instanceof OAuthError ? toldToClient(thrown, parties, parameters, person) : thrown;
    }
  };

  async function beginInteraction(
    request: HttpRequest,
    judged: Authorization,
    now: Instant,
  ): Promise<HttpResponse> {
    const known = cookies.read(request, "browser");
    const browser = known ?? newName(32);
    const id = newName();
    await store.interactions.begin({
      id,
      browserHash: hashSecret(browser),
      query: request.query,
      clientId: judged.client.id,
      signedInAt: null,
      createdAt: now,
      expiresAt: now + settings.lifetimes.interaction,
    });
    const page = judged.step === "sign-in" ? "sign-in" : "consent";
    return seeOther(`${basePath}/${page}?interaction=${id}`, known ? [] : [cookies.set("browser", browser)]);
  }

  /**
   * OAuth 2.1 §7.13.2: an error goes back by itself only where that cannot make this server an open redirector: to a
   * client that the operator registered, for a person who is signed in, or where no page was wanted.
   */
  function toldToClient(
    refused: OAuthError,
    parties: Parties,
    parameters: Parameters,
    person: SignedIn | undefined,
  ): AuthorizationError {
    const isSilent = parameters.optional("prompt") === "none";
    const isTrusted = parties.client.kind === "registered" || person !== undefined || isSilent;
    return new AuthorizationError(refused, parties, settings.issuer, isTrusted);
  }
}

/** OpenID Connect Core §3.1.2.1 asks for POST too: the same request, turned into the GET whose cookies count. */
export function authorizationByPost({ basePath }: Context): Endpoint {
  return (request) => seeOther(`${basePath}/authorize?${request.body.replace(/[\r\n]/g, "")}`);
}
