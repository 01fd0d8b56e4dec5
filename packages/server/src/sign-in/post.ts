import type { Seconds } from "../records/instant.ts";

/** What a mail is about; each has its texts in the words of the pages. */
export type Letter =
  | "sign-in"
  | "sign-up"
  | "already-here"
  | "verify-email"
  | "change-email"
  | "email-changed"
  | "reset-password"
  | "password-changed"
  | "password-removed"
  | "recovery-codes-made"
  | "identity-added"
  | "identity-removed"
  | "invitation"
  | "new-device"
  | "second-factor-added"
  | "second-factor-removed"
  | "passkey-added"
  | "passkey-removed"
  | "account-removed";

export interface Recipient {
  readonly email: string;
  /** BCP 47; that of the page where the account has none. */
  readonly language: string;
}

/** What a letter tells beside its own texts; which of it, follows from what it is about. */
export interface LetterFacts {
  readonly code?: string;
  readonly link?: string;
  readonly lifetime?: Seconds;
  /** The other address, the passkey's name; of a new device its User-Agent. */
  readonly about?: string;
}

/** Writes letters and hands them to the mailer; returns at once, whoever is written to. */
export interface Post {
  /** False where no mail can be sent: then nothing is offered that needs one. */
  readonly isOpen: boolean;
  send(letter: Letter, to: Recipient, facts: LetterFacts): void;
}
