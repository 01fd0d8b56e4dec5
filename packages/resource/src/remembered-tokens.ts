import type { CheckedClaims } from "@valetkey/protocol/access-token";
import type { Rights } from "./caller.ts";
import type { VerificationKey } from "./keys.ts";

/** A token whose signature was verified; its times are judged anew at every use. */
export interface RememberedToken {
  /** Frozen, to the bottom: every request that brings the token is handed the same object. */
  readonly claims: CheckedClaims;
  readonly rights: Rights;
  readonly key: VerificationKey;
  /** When the issuer was last asked and said that it is active, in seconds since 1970. */
  askedAt: number | undefined;
}

/** Verified tokens by their digest: at most `size`, the longest unused goes first. */
export class RememberedTokens<Token = RememberedToken> {
  readonly #size: number;
  readonly #tokens = new Map<string, Token>();

  constructor(size: number) {
    this.#size = size;
  }

  get count(): number {
    return this.#tokens.size;
  }

  get(digest: string): Token | undefined {
    const token = this.#tokens.get(digest);
    if (token) {
      // A Map keeps the order of insertion, so the used one moves to the end.
      this.#tokens.delete(digest);
      this.#tokens.set(digest, token);
    }
    return token;
  }

  keep(digest: string, token: Token): void {
    if (this.#size <= 0) return;
    this.#tokens.delete(digest);
    if (this.#tokens.size >= this.#size) {
      const [oldest] = this.#tokens.keys();
      if (oldest !== undefined) this.#tokens.delete(oldest);
    }
    this.#tokens.set(digest, token);
  }

  forget(digest: string): void {
    this.#tokens.delete(digest);
  }
}
