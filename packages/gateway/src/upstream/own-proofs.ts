import { createHash, createPublicKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";

/** The request that a proof is for. */
export interface Proven {
  readonly method: string;
  /** A query or fragment is left out of the proof (RFC 9449 §4.2). */
  readonly url: string;
  /** The access token that goes with it; left out where none does. */
  readonly token?: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Proofs of possession (RFC 9449) by a key of this process's own: what a caller's bound token is exchanged for is bound to
 * it, so that it is worth nothing without the gateway, as the caller's was worth nothing without the caller.
 */
export class OwnProofs {
  readonly #key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  readonly #header: string;
  /** The newest of each server, by origin. */
  readonly #nonces = new Map<string, string>();

  constructor() {
    const { x, y } = createPublicKey(this.#key).export({ format: "jwk" });
    const jwk = { kty: "EC", crv: "P-256", x, y };
    this.#header = encoded(JSON.stringify({ typ: "dpop+jwt", alg: "ES256", jwk }));
  }

  /** RFC 9449 §8: what the server of this URL wants to see in the proofs to come. Whether it can be said in one. */
  nonceFrom(url: string, nonce: string | undefined): boolean {
    const { origin } = new URL(url);
    if (nonce === undefined || !/^[\x21\x23-\x5b\x5d-\x7e]{1,512}$/.test(nonce)) return false;
    this.#nonces.set(origin, nonce);
    return true;
  }

  /** One proof for one request. */
  for({ method, url, token, now }: Proven): string {
    const { origin } = new URL(url);
    const nonce = this.#nonces.get(origin);
    const claims = {
      jti: randomUUID(),
      htm: method,
      htu: url.replace(/[?#].*$/, ""),
      iat: now,
      ...(token !== undefined && { ath: createHash("sha256").update(token).digest("base64url") }),
      ...(nonce !== undefined && { nonce }),
    };
    const input = `${this.#header}.${encoded(JSON.stringify(claims))}`;
    const signature = sign("sha256", Buffer.from(input), { key: this.#key, dsaEncoding: "ieee-p1363" });
    return `${input}.${signature.toString("base64url")}`;
  }
}

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url");
}
