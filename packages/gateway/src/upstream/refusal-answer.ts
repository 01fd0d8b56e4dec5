import type { ServerResponse } from "node:http";
import type { OAuthError } from "@valetkey/protocol/errors";

const statuses: Readonly<Partial<Record<OAuthError["refusal"], number>>> = {
  "request.method": 405,
  "request.too-large": 413,
  "upstream.outside": 404,
  "upstream.body-type": 415,
  "upstream.client-slow": 408,
  "upstream.no-rule": 403,
  "upstream.credential": 403,
  "upstream.exchange-refused": 403,
  "upstream.exchange-client": 502,
  "upstream.exchange-away": 503,
  "upstream.budget": 429,
  "upstream.busy": 503,
  "upstream.down": 502,
  "upstream.unauthorized": 502,
  "upstream.slow": 504,
};

/** The one place where a refusal of the gateway's own becomes HTTP; the guard answers for the token itself. */
export function answerRefusal(
  error: OAuthError,
  outgoing: ServerResponse,
  cors: Readonly<Record<string, string>>,
): void {
  const status = statuses[error.refusal] ?? (error.code === "server_error" ? 500 : 400);
  const body = JSON.stringify({ error: error.code, error_description: error.message });
  outgoing.writeHead(status, {
    ...cors,
    "content-type": "application/json",
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(body),
    ...(status === 405 && { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" }),
    ...(error.retryAfter !== undefined && { "retry-after": String(error.retryAfter) }),
    // What is left of such a body is not worth reading.
    ...((status === 413 || status === 408) && { connection: "close" }),
  });
  outgoing.end(body);
}
