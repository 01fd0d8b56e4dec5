import { bearerChallenge } from "@valetkey/protocol/challenge";
import type { OAuthError } from "@valetkey/protocol/errors";

const statuses: Partial<Record<OAuthError["code"], number>> = {
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  access_denied: 403,
  temporarily_unavailable: 503,
};

/** The one place where a refusal becomes HTTP. RFC 6750 §3; `scopes` is what the operation needs. */
export function answerRefusal(
  error: OAuthError,
  resourceMetadata: string,
  scopes: readonly string[],
  cors: Readonly<Record<string, string>>,
): Response {
  const headers = new Headers({ ...cors, "cache-control": "no-store", "content-type": "application/json" });
  if (error.refusal === "token.missing") {
    // RFC 6750 §3.1: who sent no credentials is told what is needed, and no error code, in the body neither.
    headers.set("www-authenticate", bearerChallenge({ resourceMetadata, scopes }));
    return new Response(JSON.stringify({ error_description: error.message }), { status: 401, headers });
  }
  const { code } = error;
  if (code === "invalid_request" || code === "invalid_token" || code === "insufficient_scope") {
    headers.set(
      "www-authenticate",
      bearerChallenge({ error: code, errorDescription: error.message, resourceMetadata, scopes }),
    );
  }
  if (error.retryAfter !== undefined) headers.set("retry-after", String(error.retryAfter));
  return new Response(JSON.stringify({ error: code, error_description: error.message }), {
    status: statuses[code] ?? 500,
    headers,
  });
}
