import type { Instant } from "./instant.ts";

/** A one-time link that makes the first administrator. */
export interface SetUpLink {
  /** SHA-256 of the link's secret, hexadecimal. */
  readonly hash: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}
