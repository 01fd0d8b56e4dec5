import type { Client } from "../records/client.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { hashSecret, newSecret } from "../tokens/secret.ts";

/**
 * A new secret; those that still work do so for `overlap` more seconds at most, so that every instance of the client can
 * be given the new one first.
 */
export function rotateSecret(
  client: Client,
  overlap: Seconds,
  now: Instant,
): { client: Client; secret: string; oldUntil: Instant | null } {
  const secret = newSecret("vks");
  const end = now + overlap;
  const old = client.secrets
    .map((one) => ({ ...one, expiresAt: Math.min(one.expiresAt ?? end, end) }))
    .filter(({ expiresAt }) => expiresAt > now);
  const secrets = [{ hash: hashSecret(secret), createdAt: now, expiresAt: null }, ...old];
  const oldUntil = old.length === 0 ? null : Math.max(...old.map(({ expiresAt }) => expiresAt));
  return { client: { ...client, secrets }, secret, oldUntil };
}

/** Whether the client proves itself by a secret that we made. */
export function hasSharedSecret(client: Client): boolean {
  return client.authMethods.some((method) => method.startsWith("client_secret_"));
}
