import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto";
import type { Mac } from "./mac.ts";

const saltLength = 12;
const nonceLength = 12;
const tagLength = 16;

/**
 * Seals one of very many messages: AES-256-GCM by a key of the message's own, made from the long-lived one and a random
 * salt. With a random nonce alone the long-lived key would have to go after 2^32 messages (NIST SP 800-38D §8.3), which a
 * busy server makes in weeks; salt and nonce together are 192 random bits.
 * @param associated is bound to the message: with any other it does not open
 * @returns salt, nonce, what is sealed, tag
 */
export function sealMessage(keyOf: Mac, associated: Uint8Array, plain: Uint8Array): Buffer {
  const head = randomFillSync(Buffer.allocUnsafe(saltLength + nonceLength));
  const { key, nonce } = readHead(keyOf, head);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  cipher.setAAD(associated);
  return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed, or undefined for another key, other associated bytes, or any change. */
export function openMessage(keyOf: Mac, associated: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  const at = saltLength + nonceLength;
  if (sealed.length < at + tagLength) return undefined;
  const { key, nonce } = readHead(keyOf, sealed.subarray(0, at));
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(at, -tagLength)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function readHead(keyOf: Mac, head: Uint8Array) {
  return { key: keyOf(head.subarray(0, saltLength)), nonce: head.subarray(saltLength) };
}
