import type { Instant } from "./instant.ts";

/** The secret that a person's authenticator app shares with this server. RFC 6238 */
export interface OneTimePassword {
  readonly accountId: string;
  /** Sealed by the ring key `keyId`, base64url. */
  readonly sealedSecret: string;
  readonly keyId: string;
  /** The newest time step whose code was used: none is taken twice (RFC 6238 §5.2). */
  readonly lastStep: number;
  readonly createdAt: Instant;
}
