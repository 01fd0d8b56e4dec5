import type { HttpRequest, HttpResponse } from "./message.ts";

/**
 * CORS for what browser clients call themselves: documents, token, registration, revocation, UserInfo (OAuth 2.1 §3.2).
 * Never at the authorization endpoint and the pages (§3.1). No credentials: tokens travel in headers, cookies never count.
 */
export const allowAnyOrigin = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "WWW-Authenticate, DPoP-Nonce, Retry-After, Date",
};

export function preflight(request: HttpRequest, methods: readonly string[]): HttpResponse {
  const allowed = [...methods, "OPTIONS"].join(", ");
  if (request.header("origin") === undefined) return { status: 204, headers: { allow: allowed }, body: "" };
  return {
    status: 204,
    headers: {
      allow: allowed,
      ...allowAnyOrigin,
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": "Authorization, Content-Type, DPoP, MCP-Protocol-Version, Accept",
      "access-control-max-age": "86400",
    },
    body: "",
  };
}
