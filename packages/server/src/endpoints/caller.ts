import { OAuthError, tooManyRequests } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import { printable } from "@valetkey/protocol/printable";
import { type Authenticated, bringsProof, type Claim, readClaim } from "../clients/authenticate.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import type { Context } from "./context.ts";

/**
 * Who calls an endpoint of programs. Who guesses at a client's secret is stopped before the next guess is judged
 * (OAuth 2.1 §2.4.1): a failure counts for the claimed client and the address together, so that neither another client
 * at this address nor this client elsewhere pays for it. Who brings no proof guesses nothing and is not held back: all
 * users of a public client behind one address share both. A story is told the claimed client before it is judged.
 * @throws invalid_client, invalid_request; "request.rate" with Retry-After
 */
export async function requireCaller(
  { authenticate, limiter, story }: Pick<Context, "authenticate" | "limiter"> & { readonly story?: Story },
  request: HttpRequest,
  parameters: Parameters,
  now: Instant,
): Promise<Authenticated> {
  const { address } = request;
  const authorization = request.header("authorization");
  const claim = claimIn(authorization, parameters);
  const claimedId = claim instanceof OAuthError ? undefined : claim.clientId;
  if (claimedId !== undefined) story?.client(printable(claimedId, 300));
  const isGuess = bringsProof(authorization, parameters);
  const key = `guess ${claimedId ?? ""} ${address}`;
  const wait = isGuess ? limiter.waitFor("token", key, now) : 0;
  if (wait > 0) throw tooManyRequests(wait, "request.rate");
  try {
    if (claim instanceof OAuthError) throw claim;
    return await authenticate(claim, address, now);
  } catch (thrown) {
    const isWrong = thrown instanceof OAuthError && thrown.code === "invalid_client";
    if (isGuess && isWrong) limiter.count("token", key, now);
    throw thrown;
  }
}

/** The claim, or why it cannot be read: that counts as a guess too. */
function claimIn(authorization: string | undefined, parameters: Parameters): Claim | OAuthError {
  try {
    return readClaim(authorization, parameters);
  } catch (thrown) {
    if (thrown instanceof OAuthError) return thrown;
    throw thrown;
  }
}
