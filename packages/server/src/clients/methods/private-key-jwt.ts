import { invalidClient, OAuthError } from "@valetkey/protocol/errors";
import { printable } from "@valetkey/protocol/printable";
import type { JSONWebKeySet, JWTPayload } from "jose";
import * as errors from "jose/errors";
import { createLocalJWKSet } from "jose/jwks/local";
import { decodeJwt } from "jose/jwt/decode";
import { jwtVerify } from "jose/jwt/verify";
import type { Store } from "../../ports/store.ts";
import type { Client } from "../../records/client.ts";
import type { Instant, Seconds } from "../../records/instant.ts";
import type { ClientKeys } from "../client-keys.ts";

export type AssertionCheck = (assertion: string, client: Client, now: Instant) => Promise<void>;

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const algorithms = ["ES256", "PS256", "RS256", "EdDSA", "Ed25519"];
const longestLife: Seconds = 3600;
const clockTolerance: Seconds = 60;

/** The client that an assertion claims to be, unproven. @throws invalid_client "assertion.malformed" */
export function assertionClientId(assertion: string, type: string | undefined): string {
  try {
    const { sub } = decodeJwt(assertion);
    if (type === assertionType && typeof sub === "string" && sub !== "") return sub;
  } catch (cause) {
    throw invalidClient("assertion.malformed", { cause });
  }
  throw invalidClient("assertion.malformed");
}

/**
 * RFC 7523 §3 as RFC 10070 changes it: signed by the client's own key, iss and sub the client, `aud` this issuer and
 * nothing else, short-lived, and used once.
 * @throws invalid_client "assertion.*"
 */
export function assertionCheck(
  issuer: string,
  keys: ClientKeys,
  store: Pick<Store, "assertions">,
): AssertionCheck {
  return async (assertion, client, now) => {
    const payload = await verified(assertion, client, keys, now);
    requireAudience(payload, issuer);
    const { jti, exp } = requireClaims(payload, client, now);
    const outcome = await store.assertions.spend(client.id, jti, Math.ceil(exp) + clockTolerance);
    if (outcome === "replayed") throw invalidClient("assertion.replayed", { fact: client.id.slice(0, 200) });
  };
}

async function verified(
  assertion: string,
  client: Client,
  keys: ClientKeys,
  now: Instant,
): Promise<JWTPayload> {
  const attempt = async (set: JSONWebKeySet) => {
    const { payload, protectedHeader } = await jwtVerify(assertion, createLocalJWKSet(set), {
      algorithms,
      currentDate: new Date(now * 1000),
      clockTolerance,
    });
    requireType(protectedHeader.typ);
    return payload;
  };
  try {
    return await attempt(await keys.of(client, now));
  } catch (thrown) {
    if (!(thrown instanceof errors.JWKSNoMatchingKey) || client.jwksUri === null) throw refused(thrown);
  }
  // The client may have rotated its keys since they were read.
  try {
    return await attempt(await keys.of(client, now, { fresh: true }));
  } catch (thrown) {
    throw refused(thrown);
  }
}

/** RFC 10070: the type is recommended, its absence is not refused; another token's type is. */
function requireType(typ: unknown): void {
  const known = typ === undefined || /^(application\/)?(jwt|client-authentication\+jwt)$/i.test(String(typ));
  if (!known) throw invalidClient("assertion.malformed", { fact: "typ" });
}

function requireAudience(payload: JWTPayload, issuer: string): void {
  const audiences = Array.isArray(payload.aud) ? payload.aud : [payload.aud];
  if (audiences.length !== 1 || audiences[0] !== issuer) {
    throw invalidClient("assertion.audience", { fact: printable(JSON.stringify(audiences), 200) });
  }
}

function requireClaims(payload: JWTPayload, client: Client, now: Instant): { jti: string; exp: number } {
  const { iss, sub, jti, exp, iat } = payload;
  const isOwn = iss === client.id && sub === client.id;
  const isShort = exp !== undefined && exp - now <= longestLife;
  // RFC 7523 §3: iat is optional, but a time to come is no time of issue.
  const isIssued = iat === undefined || (typeof iat === "number" && iat <= now + clockTolerance);
  if (!isOwn || !isShort || !isIssued || typeof jti !== "string" || jti === "" || jti.length > 255) {
    throw invalidClient("assertion.claims", { fact: client.id.slice(0, 200) });
  }
  return { jti, exp };
}

/** Keys are the client's own words: what no key can be made of, or is too weak, is refused like a wrong one. */
function refused(thrown: unknown): OAuthError {
  if (thrown instanceof OAuthError) return thrown;
  if (thrown instanceof errors.JOSEAlgNotAllowed)
    return invalidClient("assertion.algorithm", { cause: thrown });
  if (thrown instanceof errors.JWSInvalid || thrown instanceof errors.JWTInvalid) {
    return invalidClient("assertion.malformed", { cause: thrown });
  }
  if (thrown instanceof errors.JWTClaimValidationFailed || thrown instanceof errors.JWTExpired) {
    return invalidClient("assertion.claims", { cause: thrown });
  }
  return invalidClient("assertion.key", { cause: thrown });
}
