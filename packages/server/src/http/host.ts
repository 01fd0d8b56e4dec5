import { json } from "./answer.ts";
import type { Handler } from "./router.ts";

/**
 * Answers only under the issuer's own host: a foreign name means a misrouted request, or a page that rebound its own
 * name to this server. Nothing that we say is ever built from the Host header. RFC 9110 §7.4 (421).
 */
export function requireOwnHost(issuer: string, next: Handler): Handler {
  const { host, protocol, pathname } = new URL(issuer);
  // Probes call by address, not by name.
  const probes = ["/livez", "/readyz"].map((path) => pathname.replace(/\/$/, "") + path);
  const usualPort = protocol === "https:" ? ":443" : ":80";
  const own = [host, ...(/:[0-9]+$/.test(host) ? [] : [`${host}${usualPort}`])];
  return async (request) => {
    const named = request.header("host")?.toLowerCase() ?? "";
    if (own.includes(named) || probes.includes(request.path)) {
      return await next(request);
    }
    return json(421, {
      error: "invalid_request",
      error_description: `This server answers as ${issuer} only.`,
    });
  };
}
