import type { CryptoKey } from "jose";
import type { Node } from "./node-itself.ts";

/** Whether a token in compact form bears a signature of the key and algorithm that this was made for. */
export type SignatureCheck = (token: string) => boolean | Promise<boolean>;

interface Kind {
  /** Of the signature: bytes of r and s together, or of the whole. undefined where the key decides. */
  readonly length?: number;
  readonly digest: string | null;
  readonly family: "ECDSA" | "EdDSA" | "RSA" | "RSA-PSS";
}

/** RFC 7518 §3.1, RFC 8037 §3.1. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ["ES256", { family: "ECDSA", digest: "sha256", length: 64 }],
  ["ES384", { family: "ECDSA", digest: "sha384", length: 96 }],
  ["ES512", { family: "ECDSA", digest: "sha512", length: 132 }],
  ["EdDSA", { family: "EdDSA", digest: null, length: 64 }],
  ["Ed25519", { family: "EdDSA", digest: null, length: 64 }],
  ["RS256", { family: "RSA", digest: "sha256" }],
  ["RS384", { family: "RSA", digest: "sha384" }],
  ["RS512", { family: "RSA", digest: "sha512" }],
  ["PS256", { family: "RSA-PSS", digest: "sha256" }],
  ["PS384", { family: "RSA-PSS", digest: "sha384" }],
  ["PS512", { family: "RSA-PSS", digest: "sha512" }],
] as const satisfies readonly (readonly [string, Kind])[]);

/**
 * The check by `node:crypto`; undefined for an algorithm that is not known here.
 * @throws TypeError for a key that may not verify, and for an RSA key below 2048 bits (RFC 7518 §3.3, §3.5)
 */
export function nodeSignatureCheck(
  { crypto, octets }: Node,
  key: CryptoKey,
  algorithm: string,
): SignatureCheck | undefined {
  const kind = kinds.get(algorithm);
  if (kind === undefined) return undefined;
  requireAble(key, kind);
  const object = crypto.KeyObject.from(key);
  const { RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = crypto.constants;
  const used =
    kind.family === "RSA-PSS"
      ? { key: object, padding: RSA_PKCS1_PSS_PADDING, saltLength: RSA_PSS_SALTLEN_DIGEST }
      : object;
  return (token) => {
    const end = token.lastIndexOf(".");
    const signature = octets(token.slice(end + 1), "base64url");
    if (kind.length !== undefined && signature.length !== kind.length) return false;
    const written = kind.family === "ECDSA" ? derFromRaw(signature) : signature;
    // A token is letters, digits and a few signs: one byte each.
    return crypto.verify(kind.digest, octets(token.slice(0, end), "latin1"), used, written);
  };
}

function requireAble(key: CryptoKey, kind: Kind): void {
  // WebCrypto lets public keys alone verify.
  if (!key.usages.includes("verify")) throw new TypeError("The key does not verify.");
  if (kind.family !== "RSA" && kind.family !== "RSA-PSS") return;
  const { modulusLength } = key.algorithm as { modulusLength?: number };
  if (modulusLength === undefined || modulusLength < 2048) throw new TypeError("The RSA key is too short.");
}

/**
 * r and s as OpenSSL takes them: SEQUENCE { INTEGER r, INTEGER s }. Node would convert too (`ieee-p1363`), but takes a
 * third longer for the check then.
 */
function derFromRaw(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const der = new Uint8Array(raw.length + 9);
  // Behind room for the longest head: 0x30, 0x81 and a length that does not fit seven bits.
  const end = putInteger(raw, half, raw.length, der, putInteger(raw, 0, half, der, 3));
  const length = end - 3;
  if (length >= 0x80) {
    der[0] = 0x30;
    der[1] = 0x81;
    der[2] = length;
    return der.subarray(0, end);
  }
  der[1] = 0x30;
  der[2] = length;
  return der.subarray(1, end);
}

/** Writes the bytes as the shortest positive INTEGER; says where it ends. */
function putInteger(raw: Uint8Array, from: number, to: number, der: Uint8Array, at: number): number {
  let first = from;
  while (first < to - 1 && raw[first] === 0) first++;
  let next = at + 2;
  if ((raw[first] as number) >= 0x80) der[next++] = 0;
  for (let index = first; index < to; index++) der[next++] = raw[index] as number;
  der[at] = 0x02;
  der[at + 1] = next - at - 2;
  return next;
}
