/** Password hashing, bounded: at most as many at once as the machine bears. */
export interface Passwords {
  /**
   * For a caller that has done nothing yet: who would be turned away below need not be looked up before.
   * @throws OAuthError "server.busy"
   */
  requireRoom(): void;
  /** @returns a PHC string of argon2id */
  hash(password: string): Promise<string>;
  /**
   * Takes the same time whether `hash` is null (no such account) or wrong.
   * @param address whose request it is: at most half of those that wait come from one network
   * @throws OAuthError "server.busy"
   */
  verify(password: string, hash: string | null, address?: string): Promise<boolean>;
}
