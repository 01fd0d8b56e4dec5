import { base64url, random, sha256, utf8 } from "./encoding.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** The clock of whoever judges a proof, as far as it is known: a person's machine may be hours off. */
let ahead = 0;

/** Learns from an answer's Date how far the server is ahead; only where CORS shows the header. */
export function learnTime(response: Response): void {
  const at = Date.parse(response.headers.get("date") ?? "");
  if (at) ahead = at - Date.now();
}

/** Named so that it is the same in pages and in runtimes without their types. */
type Key = Parameters<typeof crypto.subtle.exportKey>[1];

/** Lives in the worker, and in the record of a sign-in under way. */
export interface ProofKey {
  readonly publicKey: Key;
  readonly privateKey: Key;
}

/** A key that signs and cannot be read, not even by us. RFC 9449 §11.4 */
export function newProofKey(): Promise<ProofKey> {
  return crypto.subtle.generateKey(algorithm, false, ["sign"]) as Promise<ProofKey>;
}

async function publicJwk({ publicKey }: ProofKey) {
  const { crv, kty, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return { crv, kty, x, y };
}

/** RFC 7638 §3: what `dpop_jkt` names. */
export async function thumbprint(key: ProofKey): Promise<string> {
  return sha256(JSON.stringify(await publicJwk(key)));
}

export interface ProvenRequest {
  readonly method: string;
  readonly url: string;
  readonly nonce?: string | undefined;
  readonly accessToken?: string | undefined;
}

/** RFC 9449 §4.2: a proof for one request. */
export async function proof(key: ProofKey, request: ProvenRequest): Promise<string> {
  const { origin, pathname } = new URL(request.url);
  const header = { typ: "dpop+jwt", alg: "ES256", jwk: await publicJwk(key) };
  const claims = {
    jti: random(),
    htm: request.method,
    htu: origin + pathname,
    iat: Math.floor((Date.now() + ahead) / 1000),
    ath: request.accessToken && (await sha256(request.accessToken)),
    nonce: request.nonce,
  };
  const signed = [header, claims].map((part) => base64url(utf8(JSON.stringify(part)))).join(".");
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, utf8(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}
