import { createHash, generateKeyPairSync, sign, timingSafeEqual, verify } from "node:crypto";
import { world } from "./world.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const header = base64url(JSON.stringify({ alg: "ES256", typ: "at+jwt", kid: "floor" }));
const secretHash = hash(world.clientSecret);

export { publicKey };

export function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

export function isSecret(given: string, expected: Buffer = secretHash): boolean {
  return timingSafeEqual(hash(given), expected);
}

/** As cheap as Node signs ES256: DER, turned into r and s by hand. */
export function signed(claims: Readonly<Record<string, unknown>>): string {
  const input = `${header}.${base64url(JSON.stringify(claims))}`;
  return `${input}.${rawFromDer(sign("sha256", Buffer.from(input), privateKey)).toString("base64url")}`;
}

/** The claims of a token that this process signed and that is not expired. */
export function opened(token: string, now: number): Readonly<Record<string, unknown>> | undefined {
  const dot = token.lastIndexOf(".");
  const input = token.slice(0, dot);
  const signature = Buffer.from(token.slice(dot + 1), "base64url");
  if (!verify("sha256", Buffer.from(input), publicKey, derFromRaw(signature))) return undefined;
  const claims = JSON.parse(Buffer.from(input.slice(input.indexOf(".") + 1), "base64url").toString());
  return claims.exp > now ? claims : undefined;
}

/** RFC 7518 §3.4: r and s, 32 bytes each. */
export function rawFromDer(der: Buffer): Buffer {
  const raw = Buffer.alloc(64);
  const length = der[3] as number;
  put(der.subarray(4, 4 + length), raw, 32);
  put(der.subarray(6 + length), raw, 64);
  return raw;
}

function put(integer: Buffer, raw: Buffer, end: number): void {
  const digits = integer.length > 32 ? integer.subarray(integer.length - 32) : integer;
  raw.set(digits, end - digits.length);
}

export function derFromRaw(raw: Buffer): Buffer {
  const r = integerOf(raw.subarray(0, 32));
  const s = integerOf(raw.subarray(32));
  return Buffer.concat([Buffer.from([0x30, r.length + s.length]), r, s]);
}

function integerOf(digits: Buffer): Buffer {
  let first = 0;
  while (first < 31 && digits[first] === 0) first++;
  const short = digits.subarray(first);
  const zero = (short[0] as number) >= 0x80 ? [0] : [];
  return Buffer.concat([Buffer.from([0x02, short.length + zero.length, ...zero]), short]);
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
