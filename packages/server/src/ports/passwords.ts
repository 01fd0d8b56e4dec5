/** Password hashing, bounded: at most as many at once as the machine bears. */
export interface Passwords {
  /** @returns a PHC string of argon2id */
  hash(password: string): Promise<string>;
  /** Takes the same time whether `hash` is null (no such account) or wrong. */
  verify(password: string, hash: string | null): Promise<boolean>;
}
