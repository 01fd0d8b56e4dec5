import { OAuthError, tooManyRequests, unsupportedGrantType } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { printable } from "@valetkey/protocol/printable";
import type { Refusal } from "@valetkey/protocol/refusals";
import { json } from "../http/answer.ts";
import type { Endpoint, HttpRequest } from "../http/message.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import { readRefreshToken } from "../tokens/refresh-token.ts";
import { requireCaller } from "./caller.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { nonceHeader, possessionAtToken } from "./possession.ts";

/** RFC 6749 §3.2, the token endpoint: the same steps for every grant. */
export function tokenEndpoint(context: Context): Endpoint {
  const { grants, clock, limiter, authenticate } = context;
  return async (request, story) => {
    requireForm(request);
    const parameters = Parameters.parse(request.body, { repeatable: ["resource", "audience"] });
    const now = clock.now();
    const about = { authenticate, limiter, story };
    const { client, isProven } = await requireCaller(about, request, parameters, now);
    story.client(client.id);
    const possession = await possessionAtToken(context, request, client, now);
    const grant = grants.get(parameters.required("grant_type"));
    if (!grant) throw unsupportedGrantType({ fact: printable(parameters.optional("grant_type") ?? "", 60) });
    const userAgent = request.header("user-agent") ?? "";
    const { address } = request;
    try {
      const asked = { client, isProven, possession, parameters, now, story, address, userAgent };
      return json(200, await grant.exchange(asked), nonceHeader(possession.nextNonce));
    } catch (thrown) {
      const isDeadGrant = thrown instanceof OAuthError && thrown.code === "invalid_grant";
      throw isDeadGrant ? counted(thrown, client, request, parameters, now) : thrown;
    }
  };

  /**
   * Counts a dead grant, for its own lineage or for this client at this address. Only other failures are held back by
   * it: all users of a hosted client share one id and few addresses, and a healthy device must not pay for a broken one.
   */
  function counted(
    refused: OAuthError,
    client: Client,
    request: HttpRequest,
    parameters: Parameters,
    now: Instant,
  ): OAuthError {
    const lineageId = provenLineage(refused, parameters);
    const key = lineageId === undefined ? `grant ${client.id} ${request.address}` : `lineage ${lineageId}`;
    const wait = limiter.waitFor("token", key, now);
    limiter.count("token", key, now);
    return wait > 0 ? tooManyRequests(wait, "request.rate") : refused;
  }
}

/** Refusals that come before a proof is known to be good: there anybody may have written the lineage's number. */
const beforeProof: readonly Refusal[] = [
  "refresh.malformed",
  "refresh.unknown",
  "refresh.other-client",
  "refresh.forged",
];

/** The lineage of a refresh whose token was authentic; other grants judge no refresh token that may stand beside them. */
function provenLineage({ refusal }: OAuthError, parameters: Parameters): number | undefined {
  if (parameters.optional("grant_type") !== "refresh_token" || beforeProof.includes(refusal))
    return undefined;
  return readRefreshToken(parameters.optional("refresh_token") ?? "")?.lineageId;
}
