import { hash, type KeyObject } from "node:crypto";
import type { Instant, Seconds } from "../../records/instant.ts";

/** A JWT whose signature was verified. */
export interface OpenedToken {
  readonly type: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly kid: string;
  /** The very key that verified it: another one under the same id has verified nothing. */
  readonly publicKey: KeyObject;
}

export interface OpenedTokensBounds {
  readonly count: number;
  /** Sum of the tokens' lengths, which their claims do not exceed by much. */
  readonly characters: number;
  /** How long a token that nobody asks about stays at least, while there is room. */
  readonly stay: Seconds;
}

/** Ten thousand tokens of the usual size; some 20 MB. */
const usual: OpenedTokensBounds = { count: 10_000, characters: 8 * 1024 * 1024, stay: 300 };

interface Entry extends OpenedToken {
  readonly exp: Instant;
  readonly characters: number;
}

/**
 * Tokens that were verified, by their digest: what is remembered is never the token itself. Only the curve arithmetic is
 * spared; whether the key is still published and what the token is worth now is asked anew each time. In two halves: what
 * is asked for moves to the young one; when that is full or old, it becomes the old one and the old one is dropped. So a
 * flood of tokens takes no more room than the bounds, and what is in use stays.
 */
export class OpenedTokens {
  readonly #bounds: OpenedTokensBounds;
  #young = new Map<string, Entry>();
  #old = new Map<string, Entry>();
  #characters = 0;
  #youngSince: Instant = 0;

  constructor(bounds: OpenedTokensBounds = usual) {
    this.#bounds = bounds;
  }

  /** SHA-256 of the whole token: header, claims and signature. */
  static nameOf(jwt: string): string {
    return hash("sha256", jwt, "base64url");
  }

  get count(): number {
    return this.#young.size + this.#old.size;
  }

  get(name: string, now: Instant): OpenedToken | undefined {
    const young = this.#young.get(name);
    const entry = young ?? this.#old.get(name);
    if (entry === undefined) return undefined;
    if (now >= entry.exp) {
      this.forget(name);
      return undefined;
    }
    if (young === undefined) {
      this.#old.delete(name);
      this.#put(name, entry, now);
    }
    return entry;
  }

  /** Keeps a verified token until `exp`; one that has no end, or is past it, is not kept. */
  keep(name: string, token: OpenedToken, characters: number, now: Instant): void {
    const { exp } = token.claims;
    if (typeof exp !== "number" || now >= exp) return;
    this.forget(name);
    // One object goes to every caller from now on.
    this.#put(name, { ...token, claims: Object.freeze(token.claims), exp, characters }, now);
  }

  forget(name: string): void {
    this.#characters -= this.#young.get(name)?.characters ?? 0;
    this.#young.delete(name);
    this.#old.delete(name);
  }

  #put(name: string, entry: Entry, now: Instant): void {
    const { count, characters, stay } = this.#bounds;
    const isFull = this.#young.size >= count / 2 || this.#characters + entry.characters > characters / 2;
    // A clock that was set back counts as old, so that nothing stays for ever.
    if (isFull || now < this.#youngSince || now >= this.#youngSince + stay) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#characters = 0;
      this.#youngSince = now;
    }
    this.#young.set(name, entry);
    this.#characters += entry.characters;
  }
}
