import type { Permission } from "./grant.ts";
import type { Instant } from "./instant.ts";

export type LineageEnd =
  | "revoked"
  | "code.replayed"
  | "refresh.replayed"
  | "grant.ended"
  | "signed-out"
  | "account.disabled"
  | "account.removed"
  | "client.removed"
  | "expired";

/** When the successor of a generation was first used, so that the generation was no longer needed. */
export interface Superseded {
  readonly generation: number;
  readonly at: Instant;
}

/** An answer that was given again later than the grace, to the predecessor of a successor that nobody had used. */
export interface LateAnswer {
  /** The generation that was presented. */
  readonly generation: number;
  readonly at: Instant;
}

/**
 * The chain of refresh tokens of one client instance (one device) under a grant: one small row, however often it rotates.
 * docs/decisions/0003-refresh-tokens.md
 */
export interface Lineage {
  readonly id: number;
  readonly codeHash: string;
  readonly clientId: string;
  readonly accountId: string;
  readonly grantId: number;
  /** What its tokens may say, by resource; one access token is for one of them. */
  readonly permissions: readonly Permission[];
  /** Whether refresh tokens are given at all; a lineage without still names its access tokens. */
  readonly refreshable: boolean;
  /** Random bytes, base64url; keyed together with the server's proof key into each token. */
  readonly secret: string;
  /** The generation whose token was handed out last; the first is 1. */
  readonly generation: number;
  /** Server key ids of the current generation and of the one before it. */
  readonly keyId: string;
  readonly previousKeyId: string | null;
  /** When the current generation was made. */
  readonly rotatedAt: Instant;
  /** When each recent generation was superseded (its successor was first used), newest first, bounded. */
  readonly superseded: readonly Superseded[];
  /** The late answers that count against the budget, oldest first. docs/decisions/0003-refresh-tokens.md */
  readonly lateAnswers: readonly LateAnswer[];
  /** The thumbprint of the key whose proof every refresh needs (RFC 9449 §5); absent when none does. */
  readonly jkt?: string;
  readonly nonce: string | null;
  readonly sid: string;
  readonly authenticatedAt: Instant;
  readonly amr: readonly string[];
  readonly userAgent: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  readonly idleExpiresAt: Instant;
  readonly absoluteExpiresAt: Instant;
  readonly endedAt: Instant | null;
  readonly endReason: LineageEnd | null;
}

/** What one rotation changes. */
export type Rotation = Pick<
  Lineage,
  | "generation"
  | "keyId"
  | "previousKeyId"
  | "rotatedAt"
  | "superseded"
  | "lateAnswers"
  | "lastUsedAt"
  | "idleExpiresAt"
>;
