import { sameText } from "./constant-time.ts";

/**
 * RFC 9449 §8, without anything to remember: a nonce names a span of time and a key, and is a MAC over the span by that
 * key. Whoever has the key, on whatever node, makes the same nonce and knows it again.
 */
export interface NonceName {
  /** Lower-case letters and digits. */
  readonly keyId: string;
  /** The number of the span since 1970. */
  readonly span: number;
}

/**
 * Seconds for which one nonce is handed out; it is taken for two spans more. So a client that refreshes a token of ten
 * minutes when it ends still holds a nonce that counts, and is given the next one with the answer.
 */
export const nonceSpan = 300;

/** What became of a nonce: the one that is handed out now, an acceptable older one, or none that counts. */
export type NonceVerdict = "current" | "acceptable" | "stale";

export function spanAt(now: number, seconds: number = nonceSpan): number {
  return Math.floor(now / seconds);
}

/** What the MAC is over. @param audience the issuer or resource: a nonce of one server is none of another's */
export function nonceMessage(audience: string, span: number): Uint8Array {
  return new TextEncoder().encode(`valetkey/dpop-nonce/v1\0${audience}\0${span}`);
}

/** RFC 9449 §8.1: printable, without quote and backslash. @param mac at least 16 bytes, of which 16 are shown */
export function nonceText({ keyId, span }: NonceName, mac: Uint8Array): string {
  const proof = btoa(String.fromCharCode(...mac.subarray(0, 16)));
  return `${keyId}.${span.toString(36)}.${proof.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** What a nonce says of itself, unproven; undefined for a text that no server of ours made. */
export function readNonce(text: string): NonceName | undefined {
  const [, keyId, digits] = /^([a-z0-9]{1,16})\.([a-z0-9]{1,9})\.[A-Za-z0-9_-]{22}$/.exec(text) ?? [];
  if (keyId === undefined || digits === undefined) return undefined;
  return { keyId, span: Number.parseInt(digits, 36) };
}

/**
 * Judges a nonce by its span, and by the text that this server makes for it. The two spans before the current one count,
 * so that nobody is sent back at the turn of a span; and the next one, since another node's clock may be ahead.
 */
export function judgeNonce(
  given: string,
  name: NonceName,
  made: string | undefined,
  current: number,
): NonceVerdict {
  const isNear = name.span >= current - 2 && name.span <= current + 1;
  if (!isNear || made === undefined || !sameText(made, given)) return "stale";
  return name.span >= current ? "current" : "acceptable";
}
