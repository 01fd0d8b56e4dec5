import { timingSafeEqual } from "node:crypto";
import { invalidClient } from "@valetkey/protocol/errors";
import type { Client } from "../../records/client.ts";
import type { Instant } from "../../records/instant.ts";
import { hashSecret } from "../../tokens/secret.ts";

/**
 * Checks a secret against every one that is still valid, in constant time: two overlap while one is rotated.
 * @throws invalid_client "client.wrong-secret"
 */
export function requireClientSecret(client: Client, secret: string, now: Instant): void {
  const given = Buffer.from(hashSecret(secret), "hex");
  let fits = false;
  for (const { hash, expiresAt } of client.secrets) {
    const isLive = expiresAt === null || expiresAt > now;
    if (timingSafeEqual(given, Buffer.from(hash, "hex")) && isLive) fits = true;
  }
  if (!fits) throw invalidClient("client.wrong-secret", { fact: client.id.slice(0, 200) });
}
