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
  /** The resource whose token the code earns; the issuer itself when only identity was asked. */
  readonly resource: string;
  /** Every scope granted, identity scopes included. */
  readonly scopes: readonly string[];
  readonly nonce: string | null;
  readonly sid: string;
  readonly authenticatedAt: Instant;
  readonly amr: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly spentAt: Instant | null;
}
