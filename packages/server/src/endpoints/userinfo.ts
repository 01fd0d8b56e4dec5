import { invalidToken, OAuthError } from "@valetkey/protocol/errors";
import { identityClaims } from "@valetkey/protocol/id-token";
import { json } from "../http/answer.ts";
import type { RefusalFace } from "../http/endpoint.ts";
import { jsonRefusal } from "../http/endpoint.ts";
import type { Endpoint } from "../http/message.ts";
import { challengesOf, presentedToken } from "./bearer.ts";
import type { Context } from "./context.ts";
import { liveHolder } from "./live-token.ts";
import { nonceHeader, requirePossession } from "./possession.ts";

/**
 * OpenID Connect Core §5.3: what the person let the client know of them. Any live access token of this issuer with
 * `openid` is good here, whatever its audience: docs/decisions/0004-userinfo-audience.md
 */
export function userInfoEndpoint(context: Context): Endpoint {
  const { clock } = context;
  return async (request, story) => {
    const presented = presentedToken(request);
    const now = clock.now();
    const holder = await liveHolder(context, presented.token, now);
    if (!holder) throw invalidToken("token.invalid");
    const { claims, account } = holder;
    story.client(claims.client_id);
    const nextNonce = await requirePossession(context, request, presented, claims, now);
    const scopes = (claims.scope ?? "").split(" ");
    if (!scopes.includes("openid")) {
      throw new OAuthError("insufficient_scope", "The access token lacks the scope openid.", "token.scope");
    }
    if (!account) throw invalidToken("token.invalid");
    return json(200, { sub: account.id, ...identityClaims(scopes, account) }, nonceHeader(nextNonce));
  };
}

/** RFC 6750 §3, RFC 9449 §7.1: refusals carry a challenge; at a resource a fault of the proof is a 401. */
export const bearerRefusal: RefusalFace = (error, request) => {
  const answer = jsonRefusal(error, request);
  const isOfProof = error.code === "invalid_dpop_proof" || error.code === "use_dpop_nonce";
  const status = isOfProof ? 401 : answer.status;
  return [400, 401, 403].includes(status)
    ? { ...answer, status, headers: { ...answer.headers, "www-authenticate": challengesOf(error, request) } }
    : answer;
};
