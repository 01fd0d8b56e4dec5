import type { Instant, Seconds } from "../../records/instant.ts";

/** Header fields by lower-case name, repeated lines joined by a comma, as `node:http` gives them. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

const longest: Seconds = 2 ** 31; // RFC 9111 §1.2.2: what does not fit is 2^31

/**
 * How long an answer that arrived at `now` may be used again by this server alone, a private cache:
 * `max-age` wins over `Expires`, `s-maxage` does not concern us, `no-store` and `no-cache` give 0, and so do
 * no headers at all and headers that cannot be read. RFC 9111 §4.2.
 */
export function freshness(headers: HeaderFields, now: Instant): Seconds {
  const directives = cacheControl(field(headers, "cache-control"));
  if (directives.has("no-store") || directives.has("no-cache")) return 0;
  const date = httpDate(field(headers, "date"));
  const lifetime = directives.has("max-age")
    ? deltaSeconds(directives.get("max-age"))
    : untilExpiry(field(headers, "expires"), date ?? now);
  // RFC 9111 §4.2.3: its age is what a cache on the way says, or what the origin's date says.
  const age = Math.max(deltaSeconds(field(headers, "age")), now - (date ?? now));
  return Math.max(0, lifetime - age);
}

function untilExpiry(expires: string | undefined, from: Instant): Seconds {
  const at = httpDate(expires);
  return at === undefined ? 0 : Math.min(at - from, longest);
}

/** Directives by lower-case name; of a repeated one the first counts. RFC 9111 §4.2.1, §5.2. */
function cacheControl(text = ""): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = "", quoted, token] of text.matchAll(
    /([!#$%&'*+.^_`|~\w-]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g,
  )) {
    const known = name.toLowerCase();
    if (!directives.has(known)) directives.set(known, quoted ?? token ?? "");
  }
  return directives;
}

/** RFC 9111 §1.2.2; 0 for anything that is not a row of digits. */
function deltaSeconds(text: string | undefined): Seconds {
  return text !== undefined && /^\d+$/.test(text) ? Math.min(Number(text), longest) : 0;
}

/** RFC 9110 §5.6.7: the one form that is sent and the two old ones that must still be read. */
function httpDate(text: string | undefined): Instant | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d( GMT| \d{4})$/.test(text)) return undefined;
  const milliseconds = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

function field(headers: HeaderFields, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value.join(", ") : value;
}
