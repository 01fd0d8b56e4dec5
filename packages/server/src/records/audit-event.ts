import type { Instant } from "./instant.ts";

/** What happened, who did it, to what. Append-only; never a token, code, secret or password. */
export interface AuditEvent {
  readonly at: Instant;
  /** `<noun>.<what happened>`: "token.issued", "lineage.ended", "sign-in.refused". */
  readonly what: string;
  readonly clientId?: string;
  readonly accountId?: string;
  readonly grantId?: number;
  readonly lineageId?: number;
  readonly address?: string;
  readonly userAgent?: string;
  readonly detail?: string;
}
