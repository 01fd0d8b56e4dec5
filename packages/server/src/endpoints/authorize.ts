import { OAuthError } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { AuthorizationError, isTrusted } from "../interaction/answer.ts";
import { type Authorization, judgeAuthorization } from "../interaction/authorization.ts";
import { finishAsRemembered } from "../interaction/finish.ts";
import { requireParties } from "../interaction/parties.ts";
import { currentPerson } from "../interaction/session.ts";
import type { Instant } from "../records/instant.ts";
import { beginInteraction, firstProgress } from "../sign-in/begin.ts";
import { browserOf } from "./browser-form.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { pageHref } from "./page-href.ts";

/**
 * OAuth 2.1 §3.1, the authorization endpoint: judges the request, and either answers the client at once or begins an
 * interaction whose pages follow. Nothing is written for a request that is refused.
 */
export function authorizationEndpoint(context: Context): Endpoint {
  const { store, clock, cookies, settings, resolveClient } = context;
  return async (request, story) => {
    const now = clock.now();
    const address = Parameters.parse(addressOf(request.query));
    const named = address.optional("client_id");
    if (named !== undefined) story.client(named);
    const parties = await requireParties(address, resolveClient, now, request.address);
    const person = await currentPerson(store, cookies.read(request, "session"), now);
    try {
      const parameters = Parameters.parse(request.query, { repeatable: ["resource"] });
      const judged = await judgeAuthorization(context, parties, parameters, person, null, story, now);
      if (judged.step === "finish" && judged.person) {
        story.says("Consent was given before; the code went out at once.");
        return seeOther(await finishAsRemembered(context, judged, judged.person, now));
      }
      const pages = await begun(request, judged, now);
      story.says(`On to the ${judged.step} page.`);
      return pages;
    } catch (thrown) {
      if (!(thrown instanceof OAuthError) || thrown.refusal === "request.rate") throw thrown;
      const isSilent = address.optional("prompt") === "none";
      const automatic = await isTrusted(store, parties, person, isSilent);
      throw new AuthorizationError(thrown, parties, settings.issuer, automatic);
    }
  };

  async function begun(request: HttpRequest, judged: Authorization, now: Instant): Promise<HttpResponse> {
    const bound = browserOf(context, request);
    const { query, address } = request;
    const waiting = { query, clientId: judged.client.id, browser: bound.browser, address };
    const progress = await firstProgress(context, judged);
    const id = await beginInteraction(context, { ...waiting, progress }, now);
    const page = judged.step === "sign-in" ? "sign-in" : "consent";
    return seeOther(pageHref(context, page, id), bound.cookies);
  }
}

/** Who asks, and whether and where they may be told: a fault in any other parameter is told to the client. */
function addressOf(query: string): string {
  const names = ["client_id", "redirect_uri", "state", "prompt"];
  const pairs = [...new URLSearchParams(query)].filter(([name]) => names.includes(name));
  return new URLSearchParams(pairs).toString();
}

/** OpenID Connect Core §3.1.2.1 asks for POST too: the same request, turned into the GET whose cookies count. */
export function authorizationByPost({ basePath }: Context): Endpoint {
  return (request) => {
    requireForm(request);
    return seeOther(`${basePath}/authorize?${new URLSearchParams(request.body)}`);
  };
}
