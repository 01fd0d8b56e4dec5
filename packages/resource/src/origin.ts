import type { JudgedRequest } from "./judged-request.ts";
import { isLoopback, type Settings } from "./options.ts";

const exposed = "WWW-Authenticate, DPoP-Nonce, Retry-After, Date, Mcp-Session-Id, MCP-Protocol-Version";
const accepted =
  "Authorization, DPoP, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name, Last-Event-ID";

/** Whether the page that calls, if a page calls, is one that may: the resource's own, or one that was named. */
export function isAllowedOrigin(settings: Settings, origin: string | null): boolean {
  const { allowedOrigins, resource } = settings;
  if (origin === null || allowedOrigins === undefined || allowedOrigins === "*") return true;
  const own = new URL(resource);
  if (origin === own.origin || allowedOrigins.includes(origin)) return true;
  // A resource on a loopback address is reached by all its names.
  if (!isLoopback(own.hostname) || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.origin === origin && from.protocol === own.protocol && isLoopback(from.hostname);
}

/**
 * The CORS headers of an answer. Tokens travel in a header that a page must set itself, never in a cookie, so an
 * open answer lends a page nothing that it does not hold.
 */
export function corsHeaders(settings: Settings, origin: string | null): Record<string, string> {
  if (settings.allowedOrigins === undefined || settings.allowedOrigins === "*") {
    return { "access-control-allow-origin": "*", "access-control-expose-headers": exposed };
  }
  if (origin === null || !isAllowedOrigin(settings, origin)) return { vary: "Origin" };
  return { "access-control-allow-origin": origin, "access-control-expose-headers": exposed, vary: "Origin" };
}

/** Fetch standard §3.2.2: a browser asks before it sends a token, and cannot send one with the question. */
export function isPreflight(request: JudgedRequest): boolean {
  return request.method === "OPTIONS" && request.headers.has("access-control-request-method");
}

export function answerPreflight(cors: Readonly<Record<string, string>>): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...cors,
      "access-control-allow-headers": accepted,
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-max-age": "600",
    },
  });
}
