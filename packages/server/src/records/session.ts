import type { Instant } from "./instant.ts";

/** A signed-in browser. */
export interface Session {
  /** SHA-256 of the cookie's value, hexadecimal. */
  readonly idHash: string;
  /** The public name of the session: `sid` in ID tokens. */
  readonly sid: string;
  readonly accountId: string;
  /** When the person last proved who they are: `auth_time`. */
  readonly authenticatedAt: Instant;
  /** RFC 8176 methods: `["pwd"]`. */
  readonly amr: readonly string[];
  readonly userAgent: string;
  /** Where they signed in from. */
  readonly address: string;
  /** To the hour: a page of every minute is not worth a write. */
  readonly lastUsedAt: Instant;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}
