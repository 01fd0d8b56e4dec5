import { satisfies } from "@valetkey/protocol/authentication-context";
import { bearerChallenge, dpopChallenge } from "@valetkey/protocol/challenge";
import { proofAlgorithms } from "@valetkey/protocol/dpop-proof";
import type { Caller } from "./caller.ts";
import type { Guard } from "./guard.ts";
import type { JudgedRequest } from "./judged-request.ts";

/** How the person must have signed in for one operation. */
export interface Authentication {
  /** Seconds that may have passed since. */
  readonly maxAge?: number;
  /** `acr` values of the issuer, best first: any one of them will do. */
  readonly acrValues?: readonly string[];
  /** Seconds since 1970; the machine's clock when left out. */
  readonly now?: number;
}

/**
 * For a caller that the guard let in: the caller if the sign-in behind the token is strong and new enough, else the 401
 * that tells the client what to ask the issuer for (RFC 9470 §3). A token that says nothing of a sign-in, a machine's
 * among them, satisfies nothing that is asked. @throws TypeError for an age or value that no challenge can carry
 */
export function requireAuthentication(
  guard: Pick<Guard, "resourceMetadataUrl" | "corsHeaders">,
  caller: Caller,
  request: JudgedRequest,
  { maxAge, acrValues = [], now = Math.floor(Date.now() / 1000) }: Authentication,
): Caller | Response {
  const { acr, auth_time: signedInAt, cnf } = caller.claims;
  const challenge = {
    error: "insufficient_user_authentication" as const,
    resourceMetadata: guard.resourceMetadataUrl,
    acrValues,
    ...(maxAge === undefined ? {} : { maxAge }),
  };
  const isStrong = satisfies(typeof acr === "string" ? acr : undefined, acrValues);
  const isNew = maxAge === undefined || (typeof signedInAt === "number" && now - signedInAt <= maxAge);
  const errorDescription = isStrong ? "A more recent sign-in is needed." : "A stronger sign-in is needed.";
  // RFC 9449 §7.1: whose token is bound is challenged in the scheme that the token is sent in.
  const header =
    cnf === undefined
      ? bearerChallenge({ ...challenge, errorDescription })
      : dpopChallenge({ ...challenge, errorDescription, algorithms: proofAlgorithms });
  if (isStrong && isNew) return caller;
  const headers = new Headers({
    ...guard.corsHeaders(request),
    "cache-control": "no-store",
    "www-authenticate": header,
  });
  const body = { error: challenge.error, error_description: errorDescription };
  return Response.json(body, { status: 401, headers });
}
