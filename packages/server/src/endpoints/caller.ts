import { OAuthError } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import { printable } from "@valetkey/protocol/printable";
import { type Authenticated, bringsProof, type Claim, readClaim } from "../clients/authenticate.ts";
import type { HttpRequest } from "../http/message.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import { type Counter, requireRoom } from "../sign-in/attempt.ts";
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
  const counters: readonly Counter[] = isGuess ? [["token", `guess ${claimedId ?? ""} ${address}`]] : [];
  requireRoom(limiter, counters, now);
  const judged = await judgedClaim(authenticate, claim, address, now);
  // Guesses that ran side by side all passed the first look; once they are too many, no answer tells which was right.
  // They are not counted ahead, as a person's are: a busy machine may well ask more often at once than it may fail.
  requireRoom(limiter, counters, now);
  if (!(judged instanceof OAuthError)) return judged;
  if (judged.code === "invalid_client") for (const [limit, key] of counters) limiter.count(limit, key, now);
  throw judged;
}

/** Who it is, or why the claim is not believed. */
async function judgedClaim(
  authenticate: Context["authenticate"],
  claim: Claim | OAuthError,
  address: string,
  now: Instant,
): Promise<Authenticated | OAuthError> {
  if (claim instanceof OAuthError) return claim;
  try {
    return await authenticate(claim, address, now);
  } catch (thrown) {
    if (thrown instanceof OAuthError) return thrown;
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
