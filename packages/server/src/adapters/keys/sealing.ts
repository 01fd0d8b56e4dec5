import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** The first byte of what is sealed: AES-256-GCM, a random nonce of 12 bytes, a tag of 16. */
const version = 1;
const nonceLength = 12;
const tagLength = 16;

/**
 * Seals bytes so that only the key opens them, and only under the same name.
 * @param key 32 bytes
 * @param name what the sealed thing is; bound to it as associated data, so that one row's value opens in no other row
 * @returns base64url
 */
export function seal(key: Uint8Array, name: string, plain: Uint8Array): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  cipher.setAAD(associated(name));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** The bytes that were sealed, or undefined for another key, another name, another version or a changed byte. */
export function unseal(key: Uint8Array, name: string, sealed: string): Uint8Array | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes[0] !== version || bytes.length < 1 + nonceLength + tagLength) return undefined;
  const nonce = bytes.subarray(1, 1 + nonceLength);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  decipher.setAAD(associated(name));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + nonceLength, -tagLength)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function associated(name: string): Uint8Array {
  return Buffer.from(`valetkey/sealed/v${version}\0${name}`);
}
