import { invalidRequest } from "@valetkey/protocol/errors";
import { looseName, overridesMethod } from "./method-override.ts";

/** A request target with one reading. What is judged and what is sent come from the same octets. */
export interface Target {
  /** As it is sent: every octet in its one spelling, percent-encoded only where RFC 3986 §3.3 demands it. */
  readonly path: string;
  /** With its question mark, as it came; empty when there is none. */
  readonly query: string;
  /** As it is judged: decoded, ASCII letters lower-case, without a last empty segment. */
  readonly segments: readonly string[];
}

const mostCharacters = 8_192;
const mostSegments = 64;

/** RFC 3986 §3.3 pchar without the semicolon, which some servers cut off together with what follows it. */
const plain = /^[A-Za-z0-9\-._~!$&'()*+,=:@]$/;

/** Signs that servers take for the end or the edge of a segment once they have decoded it, twice decoding included. */
const edges = new Set(["/", "\\", "%", ";", "?", "#"]);

/**
 * Reads a request target as it stood in the request line. RFC 9112 §3.2: a path, or a whole URL.
 * @throws invalid_request for whatever two servers might read in two ways
 */
export function readTarget(raw: string): Target {
  if (raw.length > mostCharacters) throw ambiguous("too long");
  if (!/^[\x21-\x7e]+$/.test(raw)) throw ambiguous("an octet that is no visible ASCII");
  if (/[\\#]/.test(raw)) throw ambiguous("a backslash or a fragment");
  const origin = originForm(raw);
  const mark = origin.indexOf("?");
  const path = mark < 0 ? origin : origin.slice(0, mark);
  const query = mark < 0 ? "" : origin.slice(mark);
  requirePlainQuery(query.slice(1));
  const decoded = path.slice(1).split("/").map(decodeSegment);
  if (decoded.length > mostSegments) throw ambiguous("too many segments");
  const judged = decoded.at(-1) === "" ? decoded.slice(0, -1) : decoded;
  for (const segment of judged) requireOneReading(segment);
  return {
    path: `/${decoded.map(encodeSegment).join("/")}`,
    query: query === "?" ? "" : query,
    segments: judged.map((segment) => segment.toLowerCase()),
  };
}

function originForm(raw: string): string {
  if (raw.startsWith("/")) return raw;
  const whole = /^https?:\/\/[a-z0-9.\-:[\]]+(?<rest>[/?].*)?$/i.exec(raw);
  if (!whole) throw ambiguous("neither a path nor a URL");
  const rest = whole.groups?.rest ?? "";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Decodes once, and takes nothing that a second decoding would change. */
function decodeSegment(segment: string): string {
  let decoded = "";
  for (let at = 0; at < segment.length; at++) {
    let sign = segment.charAt(at);
    if (sign === "%") {
      const hex = segment.slice(at + 1, at + 3);
      if (!/^[0-9a-f]{2}$/i.test(hex)) throw ambiguous("a percent sign without two hexadecimal digits");
      const octet = Number.parseInt(hex, 16);
      // Beyond ASCII, servers differ in charset and in which letters they take for the same one.
      if (octet < 0x20 || octet > 0x7e) throw ambiguous("an encoded octet that is no printable ASCII");
      sign = String.fromCharCode(octet);
      at += 2;
    }
    if (edges.has(sign)) throw ambiguous("a semicolon, or an encoded sign that parts a path");
    decoded += sign;
  }
  return decoded;
}

function encodeSegment(decoded: string): string {
  let encoded = "";
  for (const sign of decoded) {
    const hex = sign.charCodeAt(0).toString(16).toUpperCase();
    encoded += plain.test(sign) ? sign : `%${hex}`;
  }
  return encoded;
}

function requireOneReading(segment: string): void {
  if (segment === "") throw ambiguous("an empty segment");
  // `.` and `..` climb; some file systems drop a last dot and blanks at the ends.
  if (segment.endsWith(".") || segment.startsWith(" ") || segment.endsWith(" ")) {
    throw ambiguous("a dot at the end of a segment, or a blank at one");
  }
}

function requirePlainQuery(query: string): void {
  if (/%(?![0-9a-f]{2})/i.test(query)) throw ambiguous("a query with a broken percent sign");
  if (/%00/i.test(query)) throw ambiguous("a query with NUL");
  for (const part of query.split(/[&;?]/)) {
    const name = looseName(part.split("=", 1)[0] ?? "");
    if (name === "access_token" || overridesMethod(name)) {
      throw ambiguous("a query that overrides the method or carries a token");
    }
  }
}

function ambiguous(fact: string): Error {
  return invalidRequest("The path or query can be read in more than one way.", "upstream.target", { fact });
}
