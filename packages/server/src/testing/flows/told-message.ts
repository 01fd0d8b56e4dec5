import type { Names } from "./names.ts";
import type { GivenMessage, SentMessage } from "./stage.ts";

/** As many lines as a reader takes in beside an arrow. */
const mostLines = 11;
const longestLine = 110;
/** Members that say how long something took, or that nobody needs to see. */
const untold = new Set(["waited", "client_id_issued_at", "iat", "exp", "at", "token_lifetime"]);

/** A request, line by line: the method and path, then what it carries. */
export function requestLines({ method, url, headers, body }: SentMessage, names: Names, own: string) {
  return cut([
    ...urlLines(method, url, names, own),
    ...credentials(headers, names),
    ...(isForm(headers) ? pairs(new URLSearchParams(body), names) : jsonLines(body, names)),
  ]);
}

/** A response, line by line: the status, where it leads, what it says. */
export function responseLines({ status, headers, body }: GivenMessage, names: Names, own: string) {
  const location = headers.get("location");
  const type = headers.get("content-type") ?? "";
  const nonce = headers.get("dpop-nonce");
  return cut([
    type.startsWith("text/html") ? `${status} page: ${titleOf(body)}` : String(status),
    ...(location === null ? [] : urlLines("to", location, names, own)),
    ...challengeLines(headers, names),
    ...(nonce === null ? [] : [`DPoP-Nonce: ${names.given("NONCE", nonce)}`]),
    ...(type.startsWith("application/json") ? jsonLines(body, names) : []),
  ]);
}

/** A URL behind a word, line by line. */
export function urlLines(word: string, location: string, names: Names, own: string): readonly string[] {
  const { origin, pathname, searchParams } = new URL(location, own);
  const place = origin === own ? pathname : `${origin}${pathname}`;
  return [`${word} ${names.within(place)}`, ...pairs(searchParams, names)];
}

function isForm(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
}

function pairs(parameters: URLSearchParams, names: Names): readonly string[] {
  return [...parameters].map(([name, value]) => `${name}=${names.of(name, value)}`);
}

function credentials(headers: Headers, names: Names): readonly string[] {
  const authorization = headers.get("authorization");
  const proof = headers.get("dpop");
  return [
    ...(authorization === null ? [] : [`Authorization: ${authorizationOf(authorization, names)}`]),
    ...(proof === null ? [] : [proofOf(proof, names)]),
  ];
}

function authorizationOf(header: string, names: Names): string {
  const [scheme = "", value = ""] = header.split(" ");
  if (scheme !== "Basic") return `${scheme} ${names.of("access_token", value)}`;
  const [id = "", secret = ""] = Buffer.from(value, "base64").toString().split(":");
  return `Basic ${names.of("client_id", id)}:${names.of("client_secret", secret)}`;
}

function proofOf(proof: string, names: Names): string {
  const claims = JSON.parse(Buffer.from(proof.split(".")[1] ?? "", "base64url").toString());
  const told = ["htm", "nonce", "ath"].flatMap((claim) =>
    claims[claim] === undefined ? [] : [`${claim} ${names.of(claim, String(claims[claim]))}`],
  );
  return `DPoP: proof by the app's key, ${told.join(", ")}`;
}

function challengeLines(headers: Headers, names: Names): readonly string[] {
  const challenge = headers.get("www-authenticate");
  return challenge === null
    ? []
    : [`WWW-Authenticate: ${names.within(challenge)}`.replaceAll(", ", ",\n")].join("").split("\n");
}

function jsonLines(body: string, names: Names): readonly string[] {
  if (body === "") return [];
  const members = Object.entries(JSON.parse(body) as Record<string, unknown>);
  return members.flatMap(([name, value]) =>
    untold.has(name)
      ? []
      : [`${name}: ${typeof value === "string" ? names.of(name, value) : jsonValue(name, value, names)}`],
  );
}

function jsonValue(name: string, value: unknown, names: Names): string {
  if (name === "keys" && Array.isArray(value))
    return `${value.length} public key${value.length === 1 ? "" : "s"}`;
  return names.within(JSON.stringify(value));
}

function titleOf(html: string): string {
  return /<title>([^<]*)<\/title>/.exec(html)?.[1]?.replaceAll("&#39;", "'") ?? "";
}

function cut(lines: readonly string[]): readonly string[] {
  const short = lines.map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}...` : line));
  return short.length <= mostLines
    ? short
    : [...short.slice(0, mostLines - 1), `and ${short.length - mostLines + 1} more`];
}
