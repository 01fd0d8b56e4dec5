import type { Instant } from "./instant.ts";

/** A person's passkey. WebAuthn Level 3 §4 "Credential Record" */
export interface Passkey {
  /** The credential id, base64url; unique. */
  readonly id: string;
  readonly accountId: string;
  /** COSE_Key, base64url. */
  readonly publicKey: string;
  /** The authenticator's own count of signatures; 0 where it does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** What the person calls it. */
  readonly name: string;
  /** Which make of authenticator it says it is, a UUID; nobody has checked that. */
  readonly aaguid: string;
  /** Whether it may be on other devices of the person too (backup eligible). */
  readonly isSynced: boolean;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}
