import { invalidClient, invalidRequest, OAuthError } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { json } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { longestWait } from "../tokens/revocation-feed.ts";
import { requireCaller } from "./caller.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";

/**
 * The revocation feed, which no RFC knows: what ended before its time, for resources that check tokens by themselves. Open
 * to whom introspection is open for a resource. docs/decisions/0012-revocation-feed.md
 */
export function revocationFeedEndpoint(context: Context): Endpoint {
  const { clock, feed } = context;
  return async (request, story) => {
    requireForm(request);
    const parameters = Parameters.parse(request.body);
    const { client, isProven } = await requireCaller(context, request, parameters, clock.now());
    story.client(client.id);
    if (!isProven) throw invalidClient("client.authentication-missing", { fact: client.id.slice(0, 200) });
    if (client.introspects.length === 0) throw notAllowed(client.id);
    const wait = secondsIn(parameters.optional("wait"));
    return json(200, await feed.read(client.id, parameters.optional("after"), wait));
  };
}

function notAllowed(id: string): OAuthError {
  return new OAuthError("access_denied", "This client may not read the feed.", "feed.not-allowed", {
    fact: id.slice(0, 200),
  });
}

/** @throws invalid_request */
function secondsIn(text = "0"): number {
  const seconds = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= longestWait) return seconds;
  throw invalidRequest(`The parameter wait is a number of seconds up to ${longestWait}.`, "feed.wait", {
    fact: text.slice(0, 60),
  });
}
