import type { Instant } from "./instant.ts";

/** What was granted at one resource; `resource` is the issuer for identity scopes (openid, profile, email). */
export interface Permission {
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** What one account let one client do; the thing a person sees and revokes. One row for account and client. */
export interface Grant {
  readonly id: number;
  readonly accountId: string;
  readonly clientId: string;
  readonly permissions: readonly Permission[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}
