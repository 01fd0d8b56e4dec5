import { Parameters } from "@valetkey/protocol/parameters";
import { json } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { requireCaller } from "./caller.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { authenticLineage, liveAccessToken } from "./live-token.ts";

/**
 * RFC 7009: a client ends its own token, public clients too. A refresh token of any generation ends its lineage and with
 * it the access tokens; an access token ends alone. Unknown and foreign tokens are answered alike; the body is an empty
 * object because some clients parse it.
 */
export function revocationEndpoint(context: Context): Endpoint {
  const { clock, store, audit, feed } = context;
  return async (request, story) => {
    requireForm(request);
    const parameters = Parameters.parse(request.body);
    const now = clock.now();
    const { client } = await requireCaller(context, request, parameters, now);
    story.client(client.id);
    const token = parameters.required("token");
    const lineage = await authenticLineage(context, token);
    if (lineage?.clientId === client.id) {
      const ended = await store.lineages.end(lineage.id, "revoked", now);
      story.says(ended ? "The refresh token's lineage was ended." : "The lineage had ended before.");
      const { address } = request;
      const event = { at: now, what: "lineage.revoked", lineageId: lineage.id, clientId: client.id, address };
      if (ended) audit.record(event);
    }
    const access = lineage ? undefined : await liveAccessToken(context, token, now);
    if (access?.client_id === client.id) {
      await store.accessTokens.revoke(access.jti, access.exp, now);
      story.says("The access token was revoked.");
    }
    feed.nudge();
    return json(200, {});
  };
}
