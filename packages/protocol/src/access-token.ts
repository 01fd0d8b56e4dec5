import type { Actor } from "./act-chain.ts";
import type { Confirmation } from "./dpop.ts";
import { invalidToken } from "./errors.ts";
import { printable } from "./printable.ts";
import { sameResource } from "./resource-indicator.ts";

/** The claims of an access token as they travel. RFC 9068 §2.2; `lineage` is ours. */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The person, or the client itself for a machine. */
  readonly sub: string;
  /** One resource a token. */
  readonly aud: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly scope?: string;
  readonly auth_time?: number;
  readonly roles?: readonly string[];
  /** The chain of refresh tokens it came from: one entry in the revocation feed ends all its access tokens. */
  readonly lineage?: string;
  /** The key that must be proven beside the token: RFC 9449 §6.1. */
  readonly cnf?: Confirmation;
  /** How strongly the person proved who they are, one of `acrValues`. RFC 9470 §6.1 */
  readonly acr?: string;
  /** Of a token that came of an exchange: who acts, the newest outermost. RFC 8693 §4.1 */
  readonly act?: Actor;
  /** Who alone may exchange it further. RFC 8693 §4.4 */
  readonly may_act?: Actor;
  /** Ours: the ids of the tokens that it came from, oldest first. One of them revoked ends it. */
  readonly ancestors?: readonly string[];
  /** Ours: who the first of them was issued to, while `client_id` is the newest actor. */
  readonly origin_client_id?: string;
}

/** Times in seconds since 1970. */
export interface AccessTokenFacts {
  readonly issuer: string;
  /** The account; left out for a machine, whose token names the client in `sub`. RFC 9068 §2.2. */
  readonly subject?: string;
  readonly clientId: string;
  readonly audience: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly id: string;
  readonly scopes: readonly string[];
  readonly authTime?: number;
  readonly roles?: readonly string[];
  readonly lineage?: string;
  /** The thumbprint of the key that the token is bound to; left out for a bearer token. */
  readonly jkt?: string;
  readonly acr?: string;
  readonly exchanged?: ExchangedFacts;
}

/** What an exchange adds (RFC 8693 §4). */
export interface ExchangedFacts {
  readonly act: Actor;
  readonly ancestors: readonly string[];
  readonly originClientId: string;
  readonly mayAct: string | undefined;
}

/** RFC 9068 §2.2: the claims of an access token. Sign them with the header `typ: at+jwt`. */
export function accessTokenClaims(facts: AccessTokenFacts): AccessTokenClaims {
  return {
    iss: facts.issuer,
    sub: facts.subject ?? facts.clientId,
    aud: facts.audience,
    client_id: facts.clientId,
    iat: facts.issuedAt,
    exp: facts.expiresAt,
    jti: facts.id,
    ...(facts.scopes.length > 0 && { scope: facts.scopes.join(" ") }),
    ...(facts.authTime !== undefined && { auth_time: facts.authTime }),
    ...(facts.roles && facts.roles.length > 0 && { roles: [...facts.roles] }),
    ...(facts.lineage !== undefined && { lineage: facts.lineage }),
    ...(facts.jkt !== undefined && { cnf: { jkt: facts.jkt } }),
    ...(facts.acr !== undefined && { acr: facts.acr }),
    ...(facts.exchanged !== undefined && exchangedClaims(facts.exchanged)),
  };
}

function exchangedClaims({ act, ancestors, originClientId, mayAct }: ExchangedFacts) {
  return {
    act,
    ...(mayAct !== undefined && { may_act: { sub: mayAct } }),
    ancestors,
    origin_client_id: originClientId,
  };
}

/** What a resource can rely on after {@link requireAccessTokenClaims}. */
export interface CheckedClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly client_id: string;
  readonly exp: number;
  readonly iat: number;
  readonly scope?: string;
  readonly [claim: string]: unknown;
}

export interface AccessTokenExpectation {
  readonly issuer: string;
  /** The identifier of the resource that judges. */
  readonly audience: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** Seconds by which clocks may differ; 0 when left out. */
  readonly clockTolerance?: number;
}

/** RFC 9068 §2.1, §4: signed, and never with a secret that the verifier shares. */
export const accessTokenAlgorithms: readonly string[] = [
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
];

/**
 * RFC 9068 §4: type, algorithm, issuer, audience and times. The signature is the caller's to verify.
 * @throws invalid_token
 */
export function requireAccessTokenClaims(
  header: Readonly<Record<string, unknown>>,
  payload: Readonly<Record<string, unknown>>,
  expected: AccessTokenExpectation,
): asserts payload is CheckedClaims {
  requireAccessTokenHeader(header);
  if (payload.iss !== expected.issuer) {
    throw invalidToken("token.issuer", named("the token says iss", payload.iss));
  }
  requireAudience(payload.aud, expected.audience);
  requireTimes(payload, expected.now, expected.clockTolerance ?? 0);
  for (const name of ["sub", "client_id"]) {
    const value = payload[name];
    if (typeof value !== "string" || value === "") throw invalidToken("token.claims", { fact: name });
  }
  const scope = payload.scope;
  if (scope !== undefined && typeof scope !== "string") throw invalidToken("token.claims", { fact: "scope" });
}

/**
 * RFC 9068 §4: the type keeps ID tokens out, the list keeps `none` and HMAC out, and an extension that nobody here
 * understands is refused (RFC 7515 §4.1.11). Keys in the header are never looked at.
 * @throws invalid_token
 */
export function requireAccessTokenHeader(
  header: Readonly<Record<string, unknown>>,
): asserts header is { readonly alg: string; readonly kid?: string } {
  const type = header.typ;
  if (typeof type !== "string" || !/^(application\/)?at\+jwt$/i.test(type)) {
    throw invalidToken("token.type", named("the token says typ", type));
  }
  const algorithm = header.alg;
  if (typeof algorithm !== "string" || !accessTokenAlgorithms.includes(algorithm)) {
    throw invalidToken("token.algorithm", named("the token says alg", algorithm));
  }
  if (header.crit !== undefined) throw invalidToken("token.critical");
  const kid = header.kid;
  if (kid !== undefined && typeof kid !== "string") throw invalidToken("token.malformed");
}

/** RFC 8707 §2 compares as strings; clients differ about the slash after a bare origin, so that one is forgiven. */
function requireAudience(claimed: unknown, audience: string): void {
  const names: readonly unknown[] = Array.isArray(claimed) ? claimed : [claimed];
  if (names.some((one) => typeof one === "string" && sameResource(one, audience))) return;
  throw invalidToken("token.audience", named("the token says aud", names[0]));
}

function requireTimes(payload: Readonly<Record<string, unknown>>, now: number, tolerance: number): void {
  const { exp, iat, nbf } = payload;
  if (!isInstant(exp)) throw invalidToken("token.claims", { fact: "exp" });
  if (exp + tolerance <= now) throw invalidToken("token.expired", { fact: `${now - exp} s ago` });
  if (!isInstant(iat)) throw invalidToken("token.claims", { fact: "iat" });
  if (iat - tolerance > now) throw invalidToken("token.early", { fact: `iat is ${iat - now} s ahead` });
  if (nbf === undefined) return;
  if (!isInstant(nbf)) throw invalidToken("token.claims", { fact: "nbf" });
  if (nbf - tolerance > now) throw invalidToken("token.early", { fact: `nbf is ${nbf - now} s ahead` });
}

function isInstant(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function named(what: string, value: unknown): { fact: string } {
  return { fact: `${what} ${printable(String(JSON.stringify(value)), 120)}` };
}
