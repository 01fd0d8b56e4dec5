import { OAuthError } from "@valetkey/protocol/errors";
import { RememberedTokens } from "./remembered-tokens.ts";

/** For how many seconds the issuer's no to a token holds. */
export const refusedFor = 10;

const size = 1_000;

interface RefusedToken {
  readonly error: OAuthError;
  readonly askedAt: number;
}

/**
 * Tokens that the issuer was asked about in vain, by their digest: who brings the same one again does not have it asked
 * again. Short, for an issuer whose nodes lag behind each other may say no to a token that is good.
 */
export class RefusedTokens {
  readonly #clock: () => number;
  readonly #tokens = new RememberedTokens<RefusedToken>(size);

  /** @param clock seconds since 1970 */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** @throws what the token was refused with */
  judge(digest: string): void {
    const known = this.#tokens.get(digest);
    if (known === undefined) return;
    const age = this.#clock() - known.askedAt;
    // A clock that was set back makes a refusal old, never long.
    if (age >= 0 && age < refusedFor) throw known.error;
    this.#tokens.forget(digest);
  }

  /** Only what was said of the token itself is kept. */
  keep(digest: string, thrown: unknown, askedAt: number): void {
    if (!(thrown instanceof OAuthError) || thrown.code !== "invalid_token") return;
    this.#tokens.keep(digest, { error: thrown, askedAt });
  }
}
