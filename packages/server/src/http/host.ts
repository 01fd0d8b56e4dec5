import { OAuthError } from "@valetkey/protocol/errors";
import type { AuditLog } from "../ports/audit-log.ts";
import type { Clock } from "../ports/clock.ts";
import { jsonRefusal, watch } from "./endpoint.ts";
import type { HttpRequest } from "./message.ts";
import type { Handler } from "./router.ts";

/** What the trace keeps of a name that anybody may have made up. */
const longestHost = 200;

/**
 * Answers only under the issuer's own host: a foreign name means a misrouted request, or a page that rebound its own
 * name to this server. Nothing that we answer is ever built from the Host header; the operator, whose proxy may not pass
 * it on, finds it in the trace. RFC 9110 §7.4 (421).
 */
export function requireOwnHost(issuer: string, next: Handler, audit: AuditLog, clock: Clock): Handler {
  const { host, protocol, pathname } = new URL(issuer);
  // Probes call by address, not by name.
  const probes = ["/livez", "/readyz"].map((path) => pathname.replace(/\/$/, "") + path);
  const usualPort = protocol === "https:" ? ":443" : ":80";
  const own = [host, ...(/:[0-9]+$/.test(host) ? [] : [`${host}${usualPort}`])];
  const refuse = watch({ endpoint: misdirected, step: "host", face: jsonRefusal }, audit, clock);
  return (request) => {
    const named = request.header("host")?.toLowerCase() ?? "";
    return own.includes(named) || probes.includes(request.path) ? next(request) : refuse(request);
  };

  function misdirected(request: HttpRequest): never {
    const named = request.header("host")?.slice(0, longestHost);
    throw new OAuthError("invalid_request", `This server answers as ${issuer} only.`, "request.host", {
      fact: named ? `Host: ${named}` : "no Host",
    });
  }
}
