import { hash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A secret for a wire: prefix, 256 random bits, checksum. The prefix and the checksum let scanners find leaked
 * secrets and let us refuse junk without a read. OAuth 2.1 §7.7 asks for at least 128 bits.
 */
export type SecretPrefix = "vkc" | "vkd" | "vks" | "vkr" | "vku" | "vka";

export function newSecret(prefix: SecretPrefix): string {
  return withChecksum(prefix, randomBytes(32).toString("base64url"));
}

/** Random characters for names that are no secret: ids of clients, accounts, tokens. */
export function newName(bytes = 16): string {
  return randomBytes(bytes).toString("base64url");
}

export function withChecksum(prefix: SecretPrefix, body: string): string {
  return `${prefix}_${body}${checksum(`${prefix}_${body}`)}`;
}

/** The body of a secret with this prefix, or undefined when prefix or checksum is wrong. */
export function withoutChecksum(prefix: SecretPrefix, secret: string): string | undefined {
  if (!secret.startsWith(`${prefix}_`) || secret.length < prefix.length + 8) return undefined;
  const head = secret.slice(0, -6);
  return checksum(head) === secret.slice(-6) ? head.slice(prefix.length + 1) : undefined;
}

/** What the store keeps: SHA-256, hexadecimal. A 256-bit secret needs no slow hash. */
export function hashSecret(secret: string): string {
  return hash("sha256", secret, "hex");
}

/** Compares in constant time whatever the lengths. */
export function isSecret(given: string, kept: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given), "hex"), Buffer.from(kept, "hex"));
}

/** Six characters of SHA-256: no proof of anything, only against typos, cuts and junk. */
function checksum(text: string): string {
  return hash("sha256", `valetkey checksum ${text}`, "base64url").slice(0, 6);
}
