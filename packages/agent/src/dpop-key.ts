import { hash, randomUUID } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import type { Instant } from "./instant.ts";

/** RFC 9449: the key that tokens are bound to. */
export interface DpopKey {
  /** With its private part: for the store, and for nobody else. */
  readonly jwk: JWK;
  readonly thumbprint: string;
  /** A proof for one request. @param accessToken what is presented beside it: its hash is in the proof */
  proof(about: ProofTarget): Promise<string>;
}

export interface ProofTarget {
  readonly method: string;
  readonly url: URL;
  readonly now: Instant;
  readonly nonce?: string | undefined;
  readonly accessToken?: string | undefined;
}

const algorithm = "ES256";

export async function newDpopKey(): Promise<DpopKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return await dpopKeyOf(await exportJWK(privateKey));
}

/** The key out of what the store kept. @throws Error for what is no such key */
export async function dpopKeyOf(jwk: JWK): Promise<DpopKey> {
  const { kty, crv, x, y } = jwk;
  const shown = { kty, crv, x, y } as JWK;
  const key = await importJWK(jwk, algorithm);
  return {
    jwk,
    thumbprint: await calculateJwkThumbprint(shown),
    proof({ method, url, now, nonce, accessToken }) {
      // RFC 9449 §4.2: the target without query and fragment.
      const target = `${url.origin}${url.pathname}`;
      return new SignJWT({
        jti: randomUUID(),
        htm: method,
        htu: target,
        iat: now,
        ...(nonce === undefined ? {} : { nonce }),
        ...(accessToken === undefined ? {} : { ath: hash("sha256", accessToken, "base64url") }),
      })
        .setProtectedHeader({ typ: "dpop+jwt", alg: algorithm, jwk: shown })
        .sign(key);
    },
  };
}

/** RFC 9449 §8: the newest nonce of each server, by its origin. */
export class Nonces {
  readonly #known = new Map<string, string>();

  of(url: URL): string | undefined {
    return this.#known.get(url.origin);
  }

  /** @returns whether the answer brought another nonce than the one that is known */
  learn(url: URL, headers: Headers): boolean {
    const nonce = headers.get("dpop-nonce");
    if (nonce === null || nonce.length > 512 || this.#known.get(url.origin) === nonce) return false;
    this.#known.set(url.origin, nonce);
    return true;
  }
}
