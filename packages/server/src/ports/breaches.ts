/** Passwords that are known to have leaked. */
export interface Breaches {
  /**
   * How often the password stands in the collections of leaks, by k-anonymity: only the first five digits of its SHA-1
   * leave this server. "unknown" when nobody could be asked; 0 where the check is off.
   */
  timesSeen(password: string): Promise<number | "unknown">;
}
