import { type KeyObject, sign, verify } from "node:crypto";

/**
 * ES256, RFC 7518 §3.4: the signature on the wire is r and s, 32 bytes each. Node can write that form itself, but signs
 * at half the speed so on 24.18 to 24.21; DER converted here is fast on every version.
 */
export function signEs256(key: KeyObject, message: string): Buffer {
  return rawFromDer(sign("sha256", Buffer.from(message), key));
}

/** Whether `signature`, 64 bytes, is that of `message`. */
export function verifyEs256(key: KeyObject, message: string, signature: Uint8Array): boolean {
  return signature.length === 64 && verify("sha256", Buffer.from(message), key, derFromRaw(signature));
}

/** SEQUENCE { INTEGER r, INTEGER s }: at most 72 bytes for P-256, so that every length is one byte. */
function rawFromDer(der: Buffer): Buffer {
  const raw = Buffer.allocUnsafe(64).fill(0);
  const rEnd = 4 + (der[3] as number);
  copyRight(der, 4, rEnd, raw, 32);
  copyRight(der, rEnd + 2, der.length, raw, 64);
  return raw;
}

/** An INTEGER carries a zero byte in front when its first bit is set, and fewer bytes when its first bytes are zero. */
function copyRight(der: Buffer, begin: number, end: number, raw: Buffer, rawEnd: number): void {
  const from = Math.max(begin, end - 32);
  der.copy(raw, rawEnd - (end - from), from, end);
}

function derFromRaw(raw: Uint8Array): Buffer {
  const der = Buffer.allocUnsafe(72);
  const rEnd = putInteger(raw, 0, der, 2);
  const sEnd = putInteger(raw, 32, der, rEnd);
  der[0] = 0x30;
  der[1] = sEnd - 2;
  return der.subarray(0, sEnd);
}

/** Writes the 32 bytes at `from` as the shortest INTEGER at `at`; says where it ends. */
function putInteger(raw: Uint8Array, from: number, der: Buffer, at: number): number {
  const end = from + 32;
  let first = from;
  while (first < end - 1 && raw[first] === 0) first++;
  const isPadded = (raw[first] as number) >= 0x80;
  let next = at + 2;
  if (isPadded) der[next++] = 0;
  for (let index = first; index < end; index++) der[next++] = raw[index] as number;
  der[at] = 0x02;
  der[at + 1] = next - at - 2;
  return next;
}
