import {
  type CheckedClaims,
  requireAccessTokenClaims,
  requireAccessTokenHeader,
} from "@valetkey/protocol/access-token";
import { invalidToken } from "@valetkey/protocol/errors";
import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import { digest } from "./digest.ts";
import { isActive } from "./introspection.ts";
import { issuerMetadata } from "./issuer.ts";
import { importedKey, KeySet, type VerificationKey } from "./keys.ts";
import type { Settings } from "./options.ts";
import { RememberedTokens } from "./remembered-tokens.ts";

export type Verify = (token: string) => Promise<CheckedClaims>;

/**
 * RFC 9068 §4, and RFC 7662 where the resource asks for it.
 * @throws invalid_token, or temporarily_unavailable when the issuer cannot be asked.
 */
export function tokenVerifier(settings: Settings): Verify {
  const metadata = issuerMetadata(settings);
  const keys = new KeySet(settings, metadata);
  const tokens = new RememberedTokens(settings.cacheSize);

  return async function verify(token) {
    const made = digest(token);
    const name = typeof made === "string" ? made : await made;
    let known = tokens.get(name);
    if (known && !(await keys.publishes(known.key))) {
      tokens.forget(name);
      known = undefined;
    }
    if (known) {
      requireUnexpired(known.claims);
    } else {
      known = { ...(await verified(token)), activeUntil: 0 };
      tokens.keep(name, known);
    }
    if (settings.introspection && settings.clock() >= known.activeUntil) {
      const askedAt = settings.clock();
      if (!(await isActive(settings, settings.introspection, metadata, token))) {
        tokens.forget(name);
        throw invalidToken("token.revoked");
      }
      known.activeUntil = askedAt + (settings.introspection.cacheSeconds ?? 0);
    }
    return known.claims;

    function requireUnexpired(claims: CheckedClaims): void {
      if (claims.exp + settings.clockTolerance > settings.clock()) return;
      tokens.forget(name);
      throw invalidToken("token.expired");
    }
  };

  /** The claims come before the signature, so that an expired token costs no fetch of keys and no curve arithmetic. */
  async function verified(token: string): Promise<{ claims: CheckedClaims; key: VerificationKey }> {
    const { header, payload } = decode(token);
    requireAccessTokenHeader(header);
    requireAccessTokenClaims(header, payload, {
      issuer: settings.issuer,
      audience: settings.resource,
      now: settings.clock(),
      clockTolerance: settings.clockTolerance,
    });
    // RFC 9449 §7.2, RFC 8705 §3: a bound token without its proof is a stolen one.
    if (payload.cnf !== undefined) throw invalidToken("token.bound");
    const key = await keys.find(header);
    try {
      await compactVerify(token, await importedKey(key, header.alg), { algorithms: [header.alg] });
    } catch (cause) {
      throw invalidToken("token.signature", { cause });
    }
    return { claims: payload, key };
  }
}

function decode(token: string): {
  header: Readonly<Record<string, unknown>>;
  payload: Readonly<Record<string, unknown>>;
} {
  try {
    return { header: { ...decodeProtectedHeader(token) }, payload: decodeJwt(token) };
  } catch (cause) {
    throw invalidToken("token.malformed", { cause });
  }
}
