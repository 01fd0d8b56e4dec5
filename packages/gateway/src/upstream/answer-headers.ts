import type { IncomingMessage } from "node:http";
import { aboutConnection, headerPairs } from "./connection-headers.ts";
import type { Place } from "./place.ts";

/**
 * Never passed to the client: cookies, since the client's do not pass either; challenges, which would have it ask for
 * tokens that are not ours; nonces, which are for the gateway's proofs; Alt-Svc, which would lead it around the gateway.
 */
const stripped = new Set([
  "set-cookie",
  "set-cookie2",
  "www-authenticate",
  "authentication-info",
  "dpop-nonce",
  "alt-svc",
]);

/** The upstream's headers as the client may see them, flat as Node takes them. */
export function answerHeaders(
  answer: IncomingMessage,
  place: Place,
  cors: Readonly<Record<string, string>>,
): string[] {
  const isAboutConnection = aboutConnection(answer.rawHeaders);
  const ownCors = Object.keys(cors).length > 0;
  const headers: string[] = [];
  for (const [name, value] of headerPairs(answer.rawHeaders)) {
    const lower = name.toLowerCase();
    if (stripped.has(lower) || lower.startsWith("valetkey-") || isAboutConnection(lower)) continue;
    if (ownCors && lower.startsWith("access-control-")) continue;
    const isPlace = lower === "location" || lower === "content-location";
    headers.push(name, isPlace ? place.outward(value) : value);
  }
  for (const [name, value] of Object.entries(cors)) headers.push(name, value);
  return headers;
}
