import { isScopeToken } from "./scope.ts";

/** What a challenge says whatever its scheme. RFC 6750 §3, RFC 9728 §5.1. */
interface Challenge<Code extends string> {
  /** URL of the resource's RFC 9728 document. */
  readonly resourceMetadata?: string;
  /** Every scope that the operation needs, at once. */
  readonly scopes?: readonly string[];
  /** Absent when the request carried no credentials. RFC 6750 §3.1. */
  readonly error?: Code;
  readonly errorDescription?: string;
  readonly errorUri?: string;
  /** One of which the sign-in must have had. RFC 9470 §3 */
  readonly acrValues?: readonly string[];
  /** Seconds that may have passed since the sign-in. RFC 9470 §3 */
  readonly maxAge?: number;
}

type BearerError =
  | "invalid_request"
  | "invalid_token"
  | "insufficient_scope"
  | "insufficient_user_authentication";

/** What a `WWW-Authenticate: Bearer` challenge says. */
export type BearerChallenge = Challenge<BearerError>;

/** What a `WWW-Authenticate: DPoP` challenge says. RFC 9449 §7.1. */
export interface DpopChallenge extends Challenge<BearerError | "invalid_dpop_proof" | "use_dpop_nonce"> {
  /** What the proof may be signed with. */
  readonly algorithms: readonly string[];
}

/** One challenge as it was read: attribute names in lower case. */
export interface ReadChallenge {
  readonly scheme: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Attributes that came more than once; the first value is the one kept. RFC 6750 §3 forbids them. */
  readonly repeated: readonly string[];
}

/**
 * The value of a `WWW-Authenticate` header, each attribute at most once.
 * @throws TypeError when a scope or URL has a character that the header cannot carry.
 */
export function bearerChallenge(challenge: BearerChallenge): string {
  return ["Bearer", attributesOf(challenge).join(", ")].join(" ").trimEnd();
}

/** The same for the scheme DPoP. @throws TypeError as {@link bearerChallenge} */
export function dpopChallenge(challenge: DpopChallenge): string {
  const algorithms = `algs="${challenge.algorithms.join(" ")}"`;
  return `DPoP ${[...attributesOf(challenge), algorithms].join(", ")}`;
}

function attributesOf(challenge: Challenge<string>): string[] {
  const attributes: string[] = [];
  if (challenge.error) attributes.push(`error="${challenge.error}"`);
  if (challenge.errorDescription !== undefined) {
    attributes.push(`error_description="${description(challenge.errorDescription)}"`);
  }
  if (challenge.errorUri !== undefined) attributes.push(`error_uri="${uri(challenge.errorUri)}"`);
  attributes.push(...authentication(challenge));
  if (challenge.scopes && challenge.scopes.length > 0) {
    requireScopeNames(challenge.scopes);
    attributes.push(`scope="${[...new Set(challenge.scopes)].join(" ")}"`);
  }
  if (challenge.resourceMetadata !== undefined) {
    attributes.push(`resource_metadata="${uri(challenge.resourceMetadata)}"`);
  }
  return attributes;
}

/** RFC 9470 §3: what the sign-in must have been. Names of contexts are written like scopes. @throws TypeError */
function authentication({ acrValues = [], maxAge }: Challenge<string>): readonly string[] {
  if (!acrValues.every(isScopeToken))
    throw new TypeError("An acr value in a challenge has a space or a quote.");
  if (maxAge !== undefined && (!Number.isSafeInteger(maxAge) || maxAge < 0))
    throw new TypeError("max_age in a challenge must be a whole number of seconds.");
  return [
    ...(acrValues.length > 0 ? [`acr_values="${acrValues.join(" ")}"`] : []),
    ...(maxAge === undefined ? [] : [`max_age="${maxAge}"`]),
  ];
}

/** RFC 6749 §3.3: what a scope may be called. @throws TypeError naming the position, never the value. */
export function requireScopeNames(scopes: readonly string[]): void {
  scopes.forEach((scope, index) => {
    if (typeof scope !== "string" || !isScopeToken(scope)) {
      throw new TypeError(`Scope number ${index + 1} is not a scope name as RFC 6749 §3.3 allows it.`);
    }
  });
}

/**
 * Reads every challenge of a `WWW-Authenticate` value; several header lines joined by commas included.
 * Text that is not a challenge ends the reading; what was read before it stands. RFC 9110 §11.6.1.
 */
export function readChallenges(header: string): readonly ReadChallenge[] {
  const challenges: { scheme: string; attributes: Map<string, string>; repeated: string[] }[] = [];
  let rest = header;
  for (;;) {
    rest = rest.replace(/^[\s,]+/, "");
    const attribute =
      /^([!#$%&'*+\-.^_`|~\w]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+\-.^_`|~\w:/?@]+))/.exec(rest);
    const current = challenges.at(-1);
    if (attribute && current) {
      const name = (attribute[1] ?? "").toLowerCase();
      const value = attribute[2]?.replace(/\\(.)/g, "$1") ?? attribute[3] ?? "";
      if (current.attributes.has(name)) current.repeated.push(name);
      else current.attributes.set(name, value);
      rest = rest.slice(attribute[0].length);
      continue;
    }
    const scheme = /^([!#$%&'*+\-.^_`|~\w]+)(?=[\s,]|$)/.exec(rest)?.[1];
    if (scheme === undefined) return challenges;
    challenges.push({ scheme, attributes: new Map(), repeated: [] });
    // RFC 9110 §11.2: a token68 may stand in the place of attributes; it carries nothing for us.
    rest = rest.slice(scheme.length).replace(/^[ \t]+[A-Za-z0-9\-._~+/]+=*[ \t]*(?=,|$)/, "");
  }
}

/** The Bearer challenge of a header, if it has one. */
export function readBearerChallenge(header: string): ReadChallenge | undefined {
  return readChallenges(header).find((challenge) => challenge.scheme.toLowerCase() === "bearer");
}

/** RFC 6750 §3: a description is printable ASCII without quote and backslash, so that no quoting is needed. */
function description(text: string): string {
  return text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, "?");
}

function uri(text: string): string {
  if (!URL.canParse(text)) throw new TypeError("A URL in a challenge must be absolute.");
  return new URL(text).href.replaceAll("\\", "%5C").replaceAll('"', "%22");
}
