import type { Instant } from "./instant.ts";

/** A person who can sign in. */
export interface Account {
  /** `acc_` and random characters; never the form of a client id, so that no subject can be taken for a client (OAuth 2.1 §7.4). */
  readonly id: string;
  /** Lower case; unique. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
  /** PHC string of argon2id; null when the person has no password. */
  readonly passwordHash: string | null;
  /** Names of roles beside `everyone`, which each account holds. */
  readonly roles: readonly string[];
  /** The language of their pages and mails, BCP 47; absent where they chose none. */
  readonly locale?: string;
  readonly createdAt: Instant;
  readonly disabledAt: Instant | null;
}
