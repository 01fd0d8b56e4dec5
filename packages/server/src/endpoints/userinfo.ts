import { invalidToken, OAuthError } from "@valetkey/protocol/errors";
import { identityClaims } from "@valetkey/protocol/id-token";
import { json } from "../http/answer.ts";
import type { RefusalFace } from "../http/endpoint.ts";
import { jsonRefusal } from "../http/endpoint.ts";
import type { Endpoint } from "../http/message.ts";
import { bearerChallenge, bearerToken } from "./bearer.ts";
import type { Context } from "./context.ts";
import { liveHolder } from "./live-token.ts";

/**
 * OpenID Connect Core §5.3: what the person let the client know of them. Any live access token of this issuer with
 * `openid` is good here, whatever its audience: docs/decisions/0004-userinfo-audience.md
 */
export function userInfoEndpoint(context: Context): Endpoint {
  const { clock } = context;
  return async (request, story) => {
    const holder = await liveHolder(context, bearerToken(request), clock.now());
    if (!holder) throw invalidToken("token.invalid");
    const { claims, account } = holder;
    story.client(claims.client_id);
    const scopes = (claims.scope ?? "").split(" ");
    if (!scopes.includes("openid")) {
      throw new OAuthError("insufficient_scope", "The access token lacks the scope openid.", "token.scope");
    }
    if (!account) throw invalidToken("token.invalid");
    return json(200, { sub: account.id, ...identityClaims(scopes, account) });
  };
}

/** RFC 6750 §3: refusals carry a challenge. */
export const bearerRefusal: RefusalFace = (error, request) => {
  const answer = jsonRefusal(error, request);
  return [400, 401, 403].includes(answer.status)
    ? { ...answer, headers: { ...answer.headers, "www-authenticate": bearerChallenge(error) } }
    : answer;
};
