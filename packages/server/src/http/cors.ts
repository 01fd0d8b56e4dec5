import type { HttpRequest, HttpResponse } from "./message.ts";

/**
 * CORS for what browser clients call themselves: documents, token, registration, revocation, UserInfo (OAuth 2.1 §3.2).
 * Never at the authorization endpoint and the pages (§3.1). No credentials: tokens travel in headers, cookies never count.
 */
export const allowAnyOrigin = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "WWW-Authenticate, DPoP-Nonce, Retry-After, Date",
};

/**
 * Who may read a route's answers from a page of another origin: nobody, anybody without credentials, or one origin with the
 * cookies of this server, which is a team's own sign-in pages.
 */
export type Cors = boolean | { readonly origin: string };

export function corsHeaders(cors: Cors, request: HttpRequest): Readonly<Record<string, string>> {
  if (cors === true) return allowAnyOrigin;
  if (cors === false) return {};
  const vary = { vary: "Origin" };
  if (request.header("origin") !== cors.origin) return vary;
  return {
    ...vary,
    "access-control-allow-origin": cors.origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "Retry-After, Date",
  };
}

export function preflight(request: HttpRequest, methods: readonly string[], cors: Cors): HttpResponse {
  const allowed = [...methods, "OPTIONS"].join(", ");
  if (request.header("origin") === undefined) return { status: 204, headers: { allow: allowed }, body: "" };
  return {
    status: 204,
    headers: {
      allow: allowed,
      ...corsHeaders(cors, request),
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": "Authorization, Content-Type, DPoP, MCP-Protocol-Version, Accept",
      "access-control-max-age": "86400",
    },
    body: "",
  };
}
