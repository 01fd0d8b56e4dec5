import type { Instant } from "./instant.ts";

/** A key that signs tokens; its private half is sealed by the key ring, so that the database alone signs nothing. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: "ES256";
  readonly publicJwk: Readonly<Record<string, unknown>>;
  /** AES-256-GCM under a key of the ring, base64url. */
  readonly sealedPrivateKey: string;
  readonly sealedBy: string;
  readonly createdAt: Instant;
  /** Published before use: signs from here on. */
  readonly activeFrom: Instant;
  /** Signs no longer; null while it does. */
  readonly retiredAt: Instant | null;
  /** Stays published until here, so that its last tokens verify. */
  readonly removeAt: Instant | null;
}
