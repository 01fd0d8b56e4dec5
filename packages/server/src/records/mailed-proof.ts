import type { Instant } from "./instant.ts";

/** What a mail was sent for. */
export type MailedPurpose =
  | "sign-in"
  | "sign-up"
  | "verify-email"
  | "change-email"
  | "reset-password"
  | "invitation";

/** What went out in a mail: whoever brings it back reads the mail of that address. */
export interface MailedProof {
  readonly id: string;
  readonly purpose: MailedPurpose;
  /** Lower case. */
  readonly email: string;
  /** Whose it is; null where there is no account (yet), and then whatever is brought back proves nothing unless the purpose makes one. */
  readonly accountId: string | null;
  /** The interaction in whose browser the code is to be typed; null for a link that stands alone. */
  readonly interactionId: string | null;
  /** SHA-256 of the link's secret, hexadecimal; null where the mail has only a code. */
  readonly linkHash: string | null;
  /** HMAC of the code by a ring key (there are so few codes that a hash would hide none), base64url; null where the mail has only a link. */
  readonly codeMac: string | null;
  /** Wrong codes that may still be typed. */
  readonly guessesLeft: number;
  /** What the purpose needs: the name and password hash of a new account, the roles of an invitation. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}
