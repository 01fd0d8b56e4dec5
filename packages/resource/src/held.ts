import { OAuthError } from "@valetkey/protocol/errors";

export interface HoldingRules {
  readonly clock: () => number;
  /** Seconds after which the document is fetched anew. */
  readonly maxAge: number;
  /** Least seconds between two fetches that succeeded. */
  readonly floor: number;
}

/** How long a document that cannot be renewed still serves, in seconds: a day. */
const lastResort = 86_400;

/**
 * A document of the issuer's that is fetched when needed and held for a while. Callers that arrive together share one
 * fetch; a failure is not repeated at once, so that no flood of requests becomes a flood at the issuer.
 */
export class Held<T> {
  readonly #load: () => Promise<T>;
  readonly #rules: HoldingRules;
  #value: { readonly it: T; readonly loadedAt: number } | undefined;
  #failure: { readonly cause: unknown; readonly retryAt: number; readonly count: number } | undefined;
  #underWay: Promise<void> | undefined;

  constructor(load: () => Promise<T>, rules: HoldingRules) {
    this.#load = load;
    this.#rules = rules;
  }

  /** The document if it is held and young: without a wait. */
  get young(): T | undefined {
    const value = this.#value;
    return value && this.#age(value.loadedAt) < this.#rules.maxAge ? value.it : undefined;
  }

  /** The document as it was last had, however old. */
  get last(): T | undefined {
    return this.#value?.it;
  }

  /** @throws temporarily_unavailable when there is none to be had. */
  async get(): Promise<T> {
    const young = this.young;
    if (young !== undefined) return young;
    const fetching = this.#fetch();
    // While the issuer fails, what is held serves at once; the next attempt goes on behind it.
    if (!(this.#failure && this.#value)) await fetching;
    const value = this.#value;
    if (value && this.#age(value.loadedAt) < lastResort) return value.it;
    throw this.#unreachable();
  }

  /**
   * The document, fetched anew unless that happened within the floor: for a reader that misses something in it.
   * @throws temporarily_unavailable when the last fetch failed, since what is missing may well be there.
   */
  async renewed(): Promise<T> {
    const value = this.#value;
    if (value === undefined || this.#age(value.loadedAt) >= this.#rules.floor) await this.#fetch();
    if (this.#failure || this.#value === undefined) throw this.#unreachable();
    return this.#value.it;
  }

  #fetch(): Promise<void> {
    if (this.#failure && this.#rules.clock() < this.#failure.retryAt) return Promise.resolve();
    this.#underWay ??= this.#attempt().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #attempt(): Promise<void> {
    try {
      const it = await this.#load();
      this.#value = { it, loadedAt: this.#rules.clock() };
      this.#failure = undefined;
    } catch (cause) {
      const count = (this.#failure?.count ?? 0) + 1;
      const wait = Math.min(2 ** (count - 1), Math.max(this.#rules.floor, 1), 30);
      this.#failure = { cause, count, retryAt: this.#rules.clock() + wait };
    }
  }

  /** A clock that was set back makes a document old, never young for ever. */
  #age(loadedAt: number): number {
    const age = this.#rules.clock() - loadedAt;
    return age < 0 ? Number.POSITIVE_INFINITY : age;
  }

  #unreachable(): OAuthError {
    return issuerUnreachable(this.#failure?.cause, (this.#failure?.retryAt ?? 0) - this.#rules.clock());
  }
}

/** Sent as 503: nobody is let in, and nobody's token is called invalid either. */
export function issuerUnreachable(cause: unknown, retryAfter = 1): OAuthError {
  return new OAuthError(
    "temporarily_unavailable",
    "The token cannot be checked at the moment.",
    "issuer.unreachable",
    {
      cause,
      retryAfter: Math.max(1, retryAfter),
      ...(cause instanceof Error && { fact: cause.message.slice(0, 200) }),
    },
  );
}
