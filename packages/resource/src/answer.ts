import { type BearerChallenge, bearerChallenge, dpopChallenge } from "@valetkey/protocol/challenge";
import { proofAlgorithms } from "@valetkey/protocol/dpop-proof";
import type { OAuthError } from "@valetkey/protocol/errors";
import type { PresentedToken } from "./bearer.ts";

const statuses: Partial<Record<OAuthError["code"], number>> = {
  invalid_request: 400,
  invalid_token: 401,
  invalid_dpop_proof: 401,
  use_dpop_nonce: 401,
  insufficient_scope: 403,
  access_denied: 403,
  temporarily_unavailable: 503,
};

/** What every challenge of a resource says. */
export interface ChallengeFacts {
  /** URL of the RFC 9728 document. */
  readonly resourceMetadata: string;
  /** The scheme that the request used; Bearer when it used none. */
  readonly scheme: PresentedToken["scheme"];
  /** Whether only bound tokens are taken. */
  readonly boundOnly: boolean;
}

/** The one place where a refusal becomes HTTP. RFC 6750 §3, RFC 9449 §7.1; `scopes` is what the operation needs. */
export function answerRefusal(
  error: OAuthError,
  facts: ChallengeFacts,
  scopes: readonly string[],
  cors: Readonly<Record<string, string>>,
): Response {
  const headers = new Headers({ ...cors, "cache-control": "no-store", "content-type": "application/json" });
  if (error.refusal === "token.missing") {
    // RFC 6750 §3.1: who sent no credentials is told what is needed, and no error code, in the body neither.
    headers.set("www-authenticate", challenges(error, facts, { scopes }));
    return new Response(JSON.stringify({ error_description: error.message }), { status: 401, headers });
  }
  const { code } = error;
  if (code === "invalid_dpop_proof" || code === "use_dpop_nonce") {
    const { resourceMetadata } = facts;
    const said = { error: code, errorDescription: error.message, resourceMetadata, scopes };
    headers.set("www-authenticate", dpopChallenge({ ...said, algorithms: proofAlgorithms }));
  } else if (code === "invalid_request" || code === "invalid_token" || code === "insufficient_scope") {
    const said = { error: code, errorDescription: error.message, scopes };
    headers.set("www-authenticate", challenges(error, facts, said));
  }
  if (error.dpopNonce !== undefined) headers.set("dpop-nonce", error.dpopNonce);
  if (error.retryAfter !== undefined) headers.set("retry-after", String(error.retryAfter));
  return new Response(JSON.stringify({ error: code, error_description: error.message }), {
    status: statuses[code] ?? 500,
    headers,
  });
}

/**
 * In the scheme that the request used. Who could have used DPoP and did not is told of it in a second challenge, which
 * comes last: MCP clients read the first.
 */
function challenges(
  { refusal }: OAuthError,
  { resourceMetadata, scheme, boundOnly }: ChallengeFacts,
  said: BearerChallenge,
): string {
  const algorithms = proofAlgorithms;
  if (scheme === "DPoP" && refusal !== "dpop.not-bound") {
    return dpopChallenge({ ...said, resourceMetadata, algorithms });
  }
  const bearer = bearerChallenge({ ...said, resourceMetadata });
  return boundOnly || refusal === "token.bound" ? `${bearer}, ${dpopChallenge({ algorithms })}` : bearer;
}
