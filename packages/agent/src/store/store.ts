/** What was written, for the person to be told. */
export interface Kept {
  /** Whether the system's keychain holds the key to it. */
  readonly isSealed: boolean;
  /** One sentence: where it lies and who can read it. */
  readonly says: string;
}

/** One entry while nobody else, in any process of this machine, has it. */
export interface Slot {
  read(): Promise<unknown>;
  /**
   * The value is there, whole and durable, when this returns.
   * @param about.isNew whatever was there before, readable or not, is of no account
   */
  write(value: unknown, about?: { readonly isNew?: boolean }): Promise<Kept>;
  remove(): Promise<void>;
}

/**
 * Where logins and registrations are kept: JSON values by name. Names are lower-case letters, digits and dashes.
 * Every verb throws AgentError store-unsafe, store-sealed, store-broken, store-busy or store-failed.
 */
export interface LoginStore {
  /** undefined: there is none. Without the lock: a value that was whole when it was read. */
  read(name: string): Promise<unknown>;
  names(): Promise<readonly string[]>;
  /**
   * Runs `work` while it alone has the entry. Of all processes of this machine one is inside; one that is killed inside is
   * not waited for.
   */
  exclusively<T>(name: string, work: (slot: Slot) => Promise<T>): Promise<T>;
}
