import { OAuthError, tooManyRequests, unsupportedGrantType } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { json } from "../http/answer.ts";
import type { Endpoint, HttpRequest } from "../http/message.ts";
import type { Instant } from "../records/instant.ts";
import { readRefreshToken } from "../tokens/refresh-token.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";

/** RFC 6749 §3.2, the token endpoint: the same steps for every grant. */
export function tokenEndpoint({ grants, authenticate, clock, limiter }: Context): Endpoint {
  return async (request, story) => {
    requireForm(request);
    const parameters = Parameters.parse(request.body, { repeatable: ["resource"] });
    const now = clock.now();
    const named = parameters.optional("client_id");
    if (named !== undefined) story.client(named);
    try {
      const caller = { authorization: request.header("authorization"), parameters };
      requireRoomToGuess(request, parameters, now);
      const client = await authenticate(caller, now);
      story.client(client.id);
      const grant = grants.get(parameters.required("grant_type"));
      if (!grant)
        throw unsupportedGrantType({ fact: (parameters.optional("grant_type") ?? "").slice(0, 60) });
      const userAgent = request.header("user-agent") ?? "";
      const { address } = request;
      return json(200, await grant.exchange({ client, parameters, now, story, address, userAgent }));
    } catch (thrown) {
      throw thrown instanceof OAuthError ? counted(thrown, request, parameters, now) : thrown;
    }
  };

  /** OAuth 2.1 §2.4.1: who guesses at a client's secret is stopped before the next guess is judged. */
  function requireRoomToGuess(request: HttpRequest, parameters: Parameters, now: Instant): void {
    const wait = limiter.waitFor("token", guessKey(request, parameters), now);
    if (wait > 0) throw tooManyRequests(wait, "request.rate");
  }

  /**
   * Counts a failure. A dead grant counts for its own lineage, or for this client at this address, and only other
   * failures are held back by it: all users of a hosted client share one id and few addresses, and a healthy device
   * must not pay for a broken one.
   */
  function counted(
    refused: OAuthError,
    request: HttpRequest,
    parameters: Parameters,
    now: Instant,
  ): OAuthError {
    if (refused.refusal === "request.rate") return refused;
    if (refused.code === "invalid_client") limiter.count("token", guessKey(request, parameters), now);
    if (refused.code !== "invalid_grant") return refused;
    const key = grantKey(request, parameters);
    const wait = limiter.waitFor("token", key, now);
    limiter.count("token", key, now);
    return wait > 0 ? tooManyRequests(wait, "request.rate") : refused;
  }
}

/** The client that the request claims to be, whether or not it is, and where it comes from. */
function guessKey(request: HttpRequest, parameters: Parameters): string {
  const header = request.header("authorization");
  const claimed = header === undefined ? parameters.optional("client_id") : claimedInBasic(header);
  return `guess ${(claimed ?? "").slice(0, 300)} ${request.address}`;
}

function claimedInBasic(authorization: string): string | undefined {
  return Buffer.from(authorization.slice(6), "base64").toString("utf8").split(":")[0];
}

function grantKey(request: HttpRequest, parameters: Parameters): string {
  const lineage = readRefreshToken(parameters.optional("refresh_token") ?? "")?.lineageId;
  if (lineage !== undefined) return `lineage ${lineage}`;
  return `grant ${parameters.optional("client_id")?.slice(0, 300) ?? ""} ${request.address}`;
}
