import type { Permission } from "./grant.ts";
import type { Instant } from "./instant.ts";

/** An authorization code as the store keeps it. OAuth 2.1 §4.1.2. */
export interface AuthorizationCode {
  /** SHA-256 of the code, hexadecimal. */
  readonly codeHash: string;
  readonly clientId: string;
  readonly accountId: string;
  readonly grantId: number;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  /** What was granted, by resource; identity scopes stand under the issuer. RFC 8707 §2.1. */
  readonly permissions: readonly Permission[];
  /** When the access that it earns ends, where the person set an end; absent where they did not. */
  readonly accessEndsAt?: Instant;
  /** The thumbprint of the key whose proof redeems it (RFC 9449 §10); absent when the request named none. */
  readonly jkt?: string;
  readonly nonce: string | null;
  readonly sid: string;
  readonly authenticatedAt: Instant;
  readonly amr: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly spentAt: Instant | null;
}
