import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from "node:crypto";
import type { Caller } from "@valetkey/resource";

export interface CallerTokenTerms {
  readonly audience: string;
  /** Seconds, 60 at most. */
  readonly lifetime: number;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Tells the upstream who calls, in the manner of a transaction token (draft-ietf-oauth-transaction-tokens): short, for
 * one receiver, worth nothing anywhere else. The caller's own token stands nowhere in it.
 */
export interface CallerTokens {
  /** A JWT for the header `Valetkey-Caller`. */
  issue(caller: Caller, terms: CallerTokenTerms): string;
  /** The JWK Set by which the upstream checks it: every key, the one that signs first. */
  readonly jwks: string;
}

/**
 * @param issuer the gateway's resource identifier
 * @param privateKeys on P-256; the first signs, the others are published for those that sign with them elsewhere, before
 * or after. Without any, each process makes its own
 * @throws TypeError for another kind of key
 */
export function callerTokens(issuer: string, privateKeys: readonly KeyObject[] = []): CallerTokens {
  const [privateKey = madeKey(), ...others] = privateKeys;
  const keys = [privateKey, ...others].map(published);
  const header = encoded({ alg: "ES256", typ: "caller+jwt", kid: keys[0]?.kid });
  return {
    jwks: JSON.stringify({ keys }),
    issue(caller, { audience, lifetime, now }) {
      const { act } = caller.claims;
      const payload = encoded({
        iss: issuer,
        aud: audience,
        sub: caller.subject,
        client_id: caller.clientId,
        ...(act !== undefined && { act }),
        scope: caller.scopes.join(" "),
        iat: now,
        // Never longer than the token that it stands for.
        exp: Math.min(now + Math.min(lifetime, 60), caller.expiresAt),
        txn: randomUUID(),
      });
      const input = `${header}.${payload}`;
      const signature = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
      return `${input}.${signature.toString("base64url")}`;
    },
  };
}

/** The public half as a JWK, with its RFC 7638 thumbprint for a name. */
function published(privateKey: KeyObject) {
  if (privateKey.asymmetricKeyType !== "ec" || privateKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw new TypeError("The key for caller tokens must be a private key on P-256.");
  }
  const { x, y } = createPublicKey(privateKey).export({ format: "jwk" });
  // RFC 7638 §3.2: the members of an EC key in this order, and no others.
  const kid = createHash("sha256")
    .update(JSON.stringify({ crv: "P-256", kty: "EC", x, y }))
    .digest("base64url");
  return { kty: "EC", crv: "P-256", x, y, kid, alg: "ES256", use: "sig" };
}

function madeKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
