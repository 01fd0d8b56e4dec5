import { invalidClient } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { json } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { requireCaller } from "./caller.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { liveAccessToken, liveRefreshToken } from "./live-token.ts";

/**
 * RFC 7662: what a token is worth right now, for those whom it concerns: a client that the operator lets introspect the
 * token's resource, or the client that holds it. To everyone else, and for every dead token, it is just not active.
 */
export function introspectionEndpoint(context: Context): Endpoint {
  const { clock } = context;
  return async (request, story) => {
    requireForm(request);
    const parameters = Parameters.parse(request.body);
    const now = clock.now();
    const { client, isProven } = await requireCaller(context, request, parameters, now);
    story.client(client.id);
    if (!isProven) throw invalidClient("client.authentication-missing", { fact: client.id.slice(0, 200) });
    const token = parameters.required("token");
    const access = await liveAccessToken(context, token, now);
    if (access && (access.client_id === client.id || client.introspects.includes(access.aud))) {
      story.says(`An access token of ${access.client_id} for ${access.aud} is active.`);
      return json(200, { active: true, token_type: access.cnf === undefined ? "Bearer" : "DPoP", ...access });
    }
    const refresh = access ? undefined : await liveRefreshToken(context, client, token, now);
    if (refresh) {
      story.says("A refresh token of the client's own is active.");
      return json(200, { active: true, ...refresh });
    }
    story.says(
      access
        ? `The access token is for ${access.aud}, whose tokens this client may not introspect: told not active.`
        : "The token is not active: expired, revoked, ended, or none of this server's.",
    );
    return json(200, { active: false });
  };
}
