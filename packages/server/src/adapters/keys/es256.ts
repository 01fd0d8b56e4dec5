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
function rawFromDer(der: Uint8Array): Buffer {
  const raw = Buffer.alloc(64);
  const rLength = der[3] as number;
  putRight(der.subarray(4, 4 + rLength), raw, 32);
  putRight(der.subarray(6 + rLength), raw, 64);
  return raw;
}

/** An INTEGER carries a zero byte in front when its first bit is set, and fewer bytes when its first bytes are zero. */
function putRight(integer: Uint8Array, raw: Buffer, end: number): void {
  const digits = integer.length > 32 ? integer.subarray(integer.length - 32) : integer;
  raw.set(digits, end - digits.length);
}

function derFromRaw(raw: Uint8Array): Buffer {
  const r = integerFrom(raw.subarray(0, 32));
  const s = integerFrom(raw.subarray(32));
  return Buffer.from([0x30, r.length + s.length + 4, 0x02, r.length, ...r, 0x02, s.length, ...s]);
}

function integerFrom(digits: Uint8Array): number[] {
  let first = 0;
  while (first < digits.length - 1 && digits[first] === 0) first++;
  const integer = [...digits.subarray(first)];
  if ((integer[0] as number) >= 0x80) integer.unshift(0);
  return integer;
}
