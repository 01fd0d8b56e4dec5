import type { Instant, Seconds } from "../records/instant.ts";

export type LimitName =
  | "sign_in"
  | "sign_in_address"
  | "token"
  | "registration"
  | "document"
  | "authorization"
  | "device_authorization"
  | "user_code"
  | "user_code_all"
  | "mail"
  | "mail_address"
  | "sign_up"
  | "sign_in_account"
  | "second_factor"
  | "second_factor_day"
  | "password_strength";

/** Counts failures, registrations and the like by key in sliding windows; of one node, in memory. */
export interface Limiter {
  /** Seconds to wait when `key` is at its limit; 0 when it may go on. Counts nothing. */
  waitFor(limit: LimitName, key: string, now: Instant): Seconds;
  count(limit: LimitName, key: string, now: Instant): void;
  /** Takes back one count that was made at `then`; what has been forgotten since stays so. */
  takeBack(limit: LimitName, key: string, then: Instant): void;
  /** Takes back all counts of `key`. */
  forget(limit: LimitName, key: string): void;
}
