import {
  type CheckedClaims,
  requireAccessTokenClaims,
  requireAccessTokenHeader,
} from "@valetkey/protocol/access-token";
import { invalidToken } from "@valetkey/protocol/errors";
import { type Rights, rightsOf } from "./caller.ts";
import { type CompactJws, readCompactJws } from "./compact-jws.ts";
import { digest } from "./digest.ts";
import { frozen } from "./frozen.ts";
import type { Held } from "./held.ts";
import { isActive } from "./introspection.ts";
import type { IssuerMetadata } from "./issuer.ts";
import { checkBy, KeySet, type VerificationKey } from "./keys.ts";
import { isOpaque, opaqueTokens } from "./opaque-tokens.ts";
import type { IntrospectionOptions, Settings } from "./options.ts";
import { RefusedTokens } from "./refused-tokens.ts";
import { type RememberedToken, RememberedTokens } from "./remembered-tokens.ts";

/** At once for a remembered token that nobody must be asked about. */
export type Verify = (token: string) => VerifiedToken | Promise<VerifiedToken>;

export interface VerifiedToken {
  readonly claims: CheckedClaims;
  readonly rights: Rights;
}

/**
 * RFC 9068 §4, and RFC 7662 where the resource asks for it.
 * @throws invalid_token, or temporarily_unavailable when the issuer cannot be asked.
 */
export function tokenVerifier(settings: Settings, metadata: Held<IssuerMetadata>): Verify {
  const keys = new KeySet(settings, metadata);
  const tokens = new RememberedTokens(settings.cacheSize);
  const refused = new RefusedTokens(settings.clock);
  const opaque = settings.introspection && opaqueTokens(settings, settings.introspection, metadata, refused);

  return function verify(token) {
    const name = digest(token);
    const known = typeof name === "string" && !settings.introspection ? tokens.get(name) : undefined;
    if (known === undefined || !keys.surelyPublishes(known.key)) return verifiedOrAsked(token, name);
    requireUnexpired(name as string, known.claims);
    return known;
  };

  async function verifiedOrAsked(token: string, made: string | Promise<string>): Promise<VerifiedToken> {
    const name = typeof made === "string" ? made : await made;
    if (settings.introspection) refused.judge(name);
    if (opaque && isOpaque(token)) return opaque(token, name);
    let known = tokens.get(name);
    if (known && !(await keys.publishes(known.key))) {
      tokens.forget(name);
      known = undefined;
    }
    if (known) {
      requireUnexpired(name, known.claims);
    } else {
      known = { ...(await verified(token)), askedAt: undefined };
      tokens.keep(name, known);
    }
    if (settings.introspection) await requireActive(settings.introspection, token, name, known);
    return known;
  }

  async function requireActive(
    introspection: IntrospectionOptions,
    token: string,
    name: string,
    known: RememberedToken,
  ): Promise<void> {
    const askedAt = settings.clock();
    // A clock that was set back makes the issuer's word old.
    const age = askedAt - (known.askedAt ?? Number.NEGATIVE_INFINITY);
    if (age >= 0 && age < (introspection.cacheSeconds ?? 0)) return;
    if (!(await isActive(settings, introspection, metadata, token))) {
      tokens.forget(name);
      const error = invalidToken("token.revoked");
      refused.keep(name, error, askedAt);
      throw error;
    }
    known.askedAt = askedAt;
  }

  function requireUnexpired(name: string, claims: CheckedClaims): void {
    if (claims.exp + settings.clockTolerance > settings.clock()) return;
    tokens.forget(name);
    throw invalidToken("token.expired");
  }

  /** The claims come before the signature, so that an expired token costs no fetch of keys and no curve arithmetic. */
  async function verified(token: string): Promise<VerifiedToken & { key: VerificationKey }> {
    const { header, payload } = decode(token);
    requireAccessTokenHeader(header);
    requireAccessTokenClaims(header, payload, {
      issuer: settings.issuer,
      audience: settings.resource,
      now: settings.clock(),
      clockTolerance: settings.clockTolerance,
    });
    const key = await keys.find(header);
    if (!(await isSigned(token, key, header.alg))) throw invalidToken("token.signature");
    return { claims: frozen(payload), rights: rightsOf(payload, settings.scopeHierarchy), key };
  }
}

/** One spelling for a signature (RFC 7515 §2: no padding; no bits behind the last byte), so that no token has a twin. */
const base64url = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

async function isSigned(token: string, key: VerificationKey, algorithm: string): Promise<boolean> {
  if (!base64url.test(token.slice(token.lastIndexOf(".") + 1))) return false;
  try {
    const check = await checkBy(key, algorithm);
    return await check(token);
  } catch (cause) {
    throw invalidToken("token.signature", { cause });
  }
}

function decode(token: string): CompactJws {
  try {
    return readCompactJws(token);
  } catch (cause) {
    // Not junk: an operator made the resource's tokens opaque, and its guard does not ask what they say.
    throw invalidToken(token.startsWith("vka_") ? "token.opaque" : "token.malformed", { cause });
  }
}
