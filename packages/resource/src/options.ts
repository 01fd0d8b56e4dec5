import type { OAuthError } from "@valetkey/protocol/errors";
import type { DpopOptions } from "./dpop.ts";
import type { Hierarchy } from "./scopes.ts";

export interface IntrospectionOptions {
  /** The resource's own credentials at the issuer. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** How long the issuer's word holds, in seconds. 0, the default, asks at every request. */
  readonly cacheSeconds?: number;
  /**
   * How many words that are no JWT, and that the issuer did not call good before, may be asked about in vain in one
   * second; default 50. Beyond it they get 503 unasked. Tokens that were good before are not counted.
   */
  readonly unknownPerSecond?: number;
  /** Taken from the issuer's metadata when left out. */
  readonly endpoint?: string;
}

export interface RevocationOptions {
  /** A client that may introspect a resource at the issuer: the resource's own. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Taken from the issuer's metadata when left out. */
  readonly endpoint?: string;
  /** Seconds without news after which nobody is let in; 1 to 300, default 10. */
  readonly staleAfter?: number;
  /** How many endings are remembered at most; default 200,000. */
  readonly size?: number;
}

export interface GuardOptions {
  /** Who signs the tokens; compared with `iss` as a string. */
  readonly issuer: string;
  /** This resource's identifier: the URL that clients are given. Tokens must name it in `aud`. */
  readonly resource: string;
  /** What the metadata document lists. Keep it small: it is what clients ask for first. */
  readonly scopes?: readonly string[];
  /** Scopes that every request needs. */
  readonly requiredScopes?: readonly string[];
  /** What a 401 asks for when the operation names no scope; default: `requiredScopes`, else `scopes`. */
  readonly challengeScopes?: readonly string[];
  /** A broader scope and the narrower ones that it stands for; chains are followed. */
  readonly scopeHierarchy?: Hierarchy;
  readonly resourceName?: string;
  readonly resourceDocumentation?: string;
  /** Browser origins that may call, beside the resource's own; `"*"` for all. Left out: origins are not judged. */
  readonly allowedOrigins?: readonly string[] | "*";
  /**
   * Asks the issuer about every token (RFC 7662), after the local check, so that revocation acts at once. A token that is
   * no JWT is judged by the issuer's answer alone; left out, such a token is malformed.
   */
  readonly introspection?: IntrospectionOptions;
  /**
   * Follows the issuer's revocation feed, so that a revoked token is refused within a second or so without a question for
   * each; for issuers that have one, as Valetkey does. Call `close()` when the guard is no longer needed.
   */
  readonly revocations?: RevocationOptions;
  /** How tokens that are bound to a key of their client are judged (RFC 9449); they are taken without any setting. */
  readonly dpop?: DpopOptions;
  /** Where the keys are; taken from the issuer's metadata when left out. */
  readonly jwksUri?: string;
  /** Least seconds between two fetches of the keys; default 30. */
  readonly cooldown?: number;
  /** Seconds after which keys are fetched anew; default 600. */
  readonly keysMaxAge?: number;
  /** Seconds by which the clocks of issuer and resource may differ; default 5. */
  readonly clockTolerance?: number;
  /** Seconds that one question to the issuer may take; default 5. */
  readonly timeout?: number;
  /** How many verified tokens are remembered; default 10,000. */
  readonly cacheSize?: number;
  /** Longest token that is looked at, in characters; default 16,384. */
  readonly maxTokenLength?: number;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Seconds since 1970. */
  readonly clock?: () => number;
  /** Told of every refusal, for the log: `error.refusal` and `error.fact` never go over the wire. */
  readonly onRefusal?: (error: OAuthError, request: Request) => void;
}

export type Settings = GuardOptions & {
  readonly [name in
    | "scopes"
    | "requiredScopes"
    | "challengeScopes"
    | "cooldown"
    | "keysMaxAge"
    | "clockTolerance"
    | "timeout"
    | "cacheSize"
    | "maxTokenLength"
    | "fetch"
    | "clock"]-?: NonNullable<GuardOptions[name]>;
};

/**
 * Fills in the defaults.
 * @throws TypeError for an issuer or resource that is no https URL (http on a loopback address), or a scope that is none.
 */
export function settingsOf(options: GuardOptions): Settings {
  requireSecureUrl("issuer", options.issuer);
  requireSecureUrl("resource", options.resource);
  if (options.jwksUri !== undefined) requireSecureUrl("jwksUri", options.jwksUri);
  requireQuestions(options.introspection?.unknownPerSecond ?? 50);
  requireStaleness(options.revocations?.staleAfter ?? 10);
  if (options.clockTolerance !== undefined) requireTolerance(options.clockTolerance);
  const scopes = options.scopes ?? [];
  const requiredScopes = options.requiredScopes ?? [];
  if (requiredScopes.includes("offline_access")) {
    throw new TypeError(
      "requiredScopes: offline_access asks for a refresh token; it permits nothing at a resource.",
    );
  }
  const challengeScopes = options.challengeScopes ?? (requiredScopes.length > 0 ? requiredScopes : scopes);
  return {
    ...options,
    scopes,
    requiredScopes,
    challengeScopes: challengeScopes.filter((scope) => scope !== "offline_access"),
    cooldown: options.cooldown ?? 30,
    keysMaxAge: options.keysMaxAge ?? 600,
    clockTolerance: options.clockTolerance ?? 5,
    timeout: options.timeout ?? 5,
    cacheSize: options.cacheSize ?? 10_000,
    maxTokenLength: options.maxTokenLength ?? 16_384,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    clock: options.clock ?? (() => Math.floor(Date.now() / 1000)),
  };
}

/** The issuer tells what ended for five minutes after the tokens' end, and no longer. */
function requireTolerance(seconds: number): void {
  if (seconds >= 0 && seconds <= 300) return;
  throw new TypeError("clockTolerance: the clocks of issuer and resource may differ by 0 to 300 seconds.");
}

function requireQuestions(perSecond: number): void {
  if (Number.isSafeInteger(perSecond) && perSecond >= 1) return;
  throw new TypeError("introspection.unknownPerSecond: a whole number of questions, 1 at least.");
}

function requireStaleness(seconds: number): void {
  if (seconds >= 1 && seconds <= 300) return;
  throw new TypeError("revocations.staleAfter: news of revocations may be 1 to 300 seconds old.");
}

/** Keys that travel in the clear can be swapped on the way; a loopback address has no way. */
export function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === "https:") return true;
  return protocol === "http:" && isLoopback(hostname);
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function requireSecureUrl(name: string, text: string): void {
  if (!isSecureUrl(text)) {
    throw new TypeError(`${name}: ${text} is no https URL; http is allowed on a loopback address only.`);
  }
}
