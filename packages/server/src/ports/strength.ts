/** What makes a password easy to guess. */
export type WeakBecause =
  /** It is, or nearly is, one of the passwords that everybody tries first. */
  | "common"
  /** It holds the person's own name or address, or this server's. */
  | "personal"
  /** The same letters again and again. */
  | "repeated"
  /** abcdef, 98765, or keys that lie beside each other. */
  | "row"
  /** A date or a year. */
  | "date"
  /** Nothing of that; it is just not enough. */
  | "short";

export interface Estimate {
  /** 0: guessed at once, to 4: not guessed even from a stolen hash. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** What to change; null where nothing needs to be. */
  readonly because: WeakBecause | null;
}

/** How hard a password is to guess. */
export interface Strength {
  /**
   * @param about what a stranger knows of the person: address, names
   * @returns "unknown" when the estimate took too long or could not be made
   */
  estimate(password: string, about: readonly string[]): Promise<Estimate | "unknown">;
}
