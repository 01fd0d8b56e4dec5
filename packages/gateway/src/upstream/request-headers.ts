import { invalidRequest } from "@valetkey/protocol/errors";
import { aboutConnection, headerPairs } from "./connection-headers.ts";

/** The client's own credentials, and what would let it speak as somebody else or for another path or method. */
const stripped = new Set([
  "authorization",
  "cookie",
  "cookie2",
  "dpop",
  "api-key",
  "x-api-key",
  "x-goog-api-key",
  "forwarded",
  "x-real-ip",
  "client-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "client-cert",
  "client-cert-chain",
  "remote-user",
  "x-remote-user",
  "x-rewrite-url",
  "x-method-override",
  // The guard has judged the page that calls; a server that judges it anew knows only its own address.
  "origin",
  "access-control-request-method",
  "access-control-request-headers",
  // Written anew below.
  "host",
  "content-length",
  "accept-encoding",
  "via",
]);

const strippedFamilies =
  /^(?:valetkey-|x-forwarded-|x-original-|x-http-method|x-auth-request-|x-ssl-|ssl-|txn-)/;

/** Headers that would be read in two ways if they came twice. */
const single = ["host", "content-type", "content-encoding", "content-length", "transfer-encoding"];

/** @throws invalid_request when one of them came twice, or Connection would take away what the body was judged by */
export function requireSingleHeaders(rawHeaders: readonly string[]): void {
  const seen = new Set<string>();
  for (const [name, value] of headerPairs(rawHeaders)) {
    const lower = name.toLowerCase();
    if (lower === "connection") requireNoneOf(value);
    if (!single.includes(lower)) continue;
    if (seen.has(lower)) throw invalidRequest("A header came twice.", "upstream.header", { fact: lower });
    seen.add(lower);
  }
}

function requireNoneOf(connection: string): void {
  for (const option of connection.split(",")) {
    const fact = option.trim().toLowerCase();
    // RFC 9110 §7.6.1: a sender must not name there what is meant for all receivers.
    if (single.includes(fact))
      throw invalidRequest("A header is named in Connection.", "upstream.header", { fact });
  }
}

export interface Outbound {
  readonly host: string;
  /** The caller's token, which must not stand anywhere in what is sent. */
  readonly token: string;
  /** Of the rules file; lower-case. */
  readonly drop: readonly string[];
  /** The gateway's own: credential and caller token, by lower-case name. */
  readonly own: Readonly<Record<string, string>>;
}

/**
 * The client's headers as the upstream may see them, flat as Node takes them; then the gateway's own.
 * @throws invalid_request when one of them carries the access token
 */
export function requestHeaders(
  rawHeaders: readonly string[],
  { host, token, drop, own }: Outbound,
): string[] {
  const isAboutConnection = aboutConnection(rawHeaders);
  const headers = ["host", host];
  let via = "1.1 valetkey";
  for (const [name, value] of headerPairs(rawHeaders)) {
    const lower = name.toLowerCase();
    if (lower === "via") via = `${value}, ${via}`;
    // CGI and its heirs read X_Forwarded_For and X.Forwarded.For as X-Forwarded-For.
    if (!/^[a-z0-9-]+$/.test(lower) || stripped.has(lower) || strippedFamilies.test(lower)) continue;
    if (isAboutConnection(lower) || drop.includes(lower) || Object.hasOwn(own, lower)) continue;
    requireNoToken(value, token, lower);
    headers.push(name, value);
  }
  // RFC 9110 §7.6.3. Uncompressed answers, since usage is read from them as they pass.
  headers.push("via", via, "accept-encoding", "identity");
  for (const [name, value] of Object.entries(own)) headers.push(name, value);
  return headers;
}

/** @throws invalid_request when the text carries the access token */
export function requireNoToken(text: string, token: string, where: string): void {
  if (text.length >= token.length && text.includes(token)) {
    throw invalidRequest("The access token belongs in the Authorization header only.", "upstream.header", {
      fact: where,
    });
  }
}
