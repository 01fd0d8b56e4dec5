import { OAuthError, tooManyRequests } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import { type Authenticated, bringsProof, claimedClientId } from "../clients/authenticate.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Instant } from "../records/instant.ts";
import type { Context } from "./context.ts";

/**
 * Who calls an endpoint of programs. Who guesses at a client's secret is stopped before the next guess is judged
 * (OAuth 2.1 §2.4.1): a failure counts for the claimed client and the address together, so that neither another client
 * at this address nor this client elsewhere pays for it. Who brings no proof guesses nothing and is not held back: all
 * users of a public client behind one address share both.
 * @throws invalid_client, invalid_request; "request.rate" with Retry-After
 */
export async function requireCaller(
  { authenticate, limiter }: Pick<Context, "authenticate" | "limiter">,
  request: HttpRequest,
  parameters: Parameters,
  now: Instant,
): Promise<Authenticated> {
  const { address } = request;
  const caller = { authorization: request.header("authorization"), parameters, address };
  if (!bringsProof(caller)) return await authenticate(caller, now);
  const key = `guess ${claimedClientId(caller) ?? ""} ${address}`;
  const wait = limiter.waitFor("token", key, now);
  if (wait > 0) throw tooManyRequests(wait, "request.rate");
  try {
    return await authenticate(caller, now);
  } catch (thrown) {
    if (thrown instanceof OAuthError && thrown.code === "invalid_client") limiter.count("token", key, now);
    throw thrown;
  }
}
