import type { Instant } from "./instant.ts";

/** An account elsewhere with which a person signs in here. OpenID Connect Core §5.7: issuer and subject name it, nothing else does. */
export interface UpstreamIdentity {
  /** The name of the upstream in the settings. */
  readonly upstream: string;
  /** `sub` there; never reassigned. */
  readonly subject: string;
  readonly accountId: string;
  /** As the upstream said last; for the person to recognise it, never to find an account by. */
  readonly email: string | null;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}
