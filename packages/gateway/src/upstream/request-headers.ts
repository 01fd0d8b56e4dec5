import { invalidRequest } from "@valetkey/protocol/errors";
import { passesUnnamed, singleHeaders } from "../rules/header-names.ts";
import { aboutConnection, headerPairs } from "./connection-headers.ts";

/** @throws invalid_request when one of them came twice, or Connection would take away what the body was judged by */
export function requireSingleHeaders(rawHeaders: readonly string[]): void {
  const seen = new Set<string>();
  for (const [name, value] of headerPairs(rawHeaders)) {
    const lower = name.toLowerCase();
    if (lower === "connection") requireNoneOf(value);
    if (!singleHeaders.includes(lower)) continue;
    if (seen.has(lower)) throw invalidRequest("A header came twice.", "upstream.header", { fact: lower });
    seen.add(lower);
  }
}

function requireNoneOf(connection: string): void {
  for (const option of connection.split(",")) {
    const fact = option.trim().toLowerCase();
    // RFC 9110 §7.6.1: a sender must not name there what is meant for all receivers.
    if (singleHeaders.includes(fact))
      throw invalidRequest("A header is named in Connection.", "upstream.header", { fact });
  }
}

export interface Outbound {
  readonly host: string;
  /** The caller's token, which must not stand anywhere in what is sent. */
  readonly token: string;
  /** Names of the rules file, beside the known ones; lower-case. */
  readonly pass: readonly string[];
  /** Names of the rules file that do not pass though they are known; lower-case. */
  readonly drop: readonly string[];
  /** The gateway's own: credential and caller token, by lower-case name. */
  readonly own: Readonly<Record<string, string>>;
}

/**
 * The client's headers as the upstream may see them, flat as Node takes them; then the gateway's own.
 * @throws invalid_request when one that passes carries the access token
 */
export function requestHeaders(
  rawHeaders: readonly string[],
  { host, token, pass, drop, own }: Outbound,
): string[] {
  const isAboutConnection = aboutConnection(rawHeaders);
  const headers = ["host", host];
  let via = "1.1 valetkey";
  for (const [name, value] of headerPairs(rawHeaders)) {
    const lower = name.toLowerCase();
    if (lower === "via") via = `${value}, ${via}`;
    // Nobody can list the names by which servers learn who calls and for what: only those pass that are known to be none
    // of them (docs/decisions/0008).
    if (!passesUnnamed(lower) && !pass.includes(lower)) continue;
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
