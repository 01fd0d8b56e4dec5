import type { Instant } from "./instant.ts";

/** An authorization request that waits for a person: its pages, between the client's redirect and the answer. */
export interface Interaction {
  /** Random; in the URL of the pages. */
  readonly id: string;
  /** SHA-256 of the browser's own cookie, hexadecimal: only the browser that began may go on. */
  readonly browserHash: string;
  /** The authorization request's query string as it came; judged anew at each step. */
  readonly query: string;
  readonly clientId: string;
  /** When the person signed in for this interaction: satisfies prompt=login and max_age asked before. */
  readonly signedInAt: Instant | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}
