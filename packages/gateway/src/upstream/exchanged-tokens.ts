import { createHash } from "node:crypto";
import { OAuthError } from "@valetkey/protocol/errors";
import type { ExchangeTerms } from "../rules/rules.ts";
import type { NewToken, Subject } from "./token-exchange.ts";

/** The part of a token's life, counted from its end, in which it is no longer used: one in ten seconds, ten at most. */
const lastPart = 0.1;
const longestLastPart = 10;
/** Seconds for which a refusal holds: a client that repeats itself must not become a flood at the issuer. */
const refusalHolds = 5;
/** Seconds for which a new token stands although it was refused: a server behind that always does must not become a flood at the issuer. */
const forgottenAfter = 5;
/** Seconds after a failure in which an issuer that is away is not asked again, for the same reason. */
const pause = 1;

type Outcome = { readonly token: string } | { readonly refusal: OAuthError };

interface Held {
  readonly outcome: Outcome;
  /** Seconds since 1970, as all here. */
  readonly since: number;
  readonly until: number;
}

export interface ExchangedTokensOptions {
  /** Exchanges one token. */
  readonly exchange: (terms: ExchangeTerms, subject: Subject) => Promise<NewToken>;
  /** Seconds since 1970. */
  readonly clock: () => number;
  /** How many are remembered; the longest unused goes first. */
  readonly size?: number;
}

/**
 * Tokens for the server behind, by the digest of the caller's token and of the terms. Requests that come together with one
 * token share one exchange. Nothing is used beyond the life of the token that it came from.
 */
export class ExchangedTokens {
  readonly #exchange: ExchangedTokensOptions["exchange"];
  readonly #clock: () => number;
  readonly #size: number;
  readonly #remembered = new Map<string, Held>();
  readonly #underWay = new Map<string, Promise<string>>();
  #away: { readonly error: OAuthError; readonly until: number } | undefined;

  constructor({ exchange, clock, size = 10_000 }: ExchangedTokensOptions) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#size = size;
  }

  get count(): number {
    return this.#remembered.size;
  }

  /**
   * @param expiresAt of the caller's token, in seconds since 1970
   * @throws OAuthError as the exchange does
   */
  async get(terms: ExchangeTerms, subject: Subject, expiresAt: number): Promise<string> {
    const key = keyOf(terms, subject.token);
    const held = this.#remembered.get(key);
    if (held && this.#clock() < held.until) {
      // A Map keeps the order of insertion, so the used one moves to the end.
      this.#remembered.delete(key);
      this.#remembered.set(key, held);
      if ("refusal" in held.outcome) throw held.outcome.refusal;
      return held.outcome.token;
    }
    const underWay = this.#underWay.get(key);
    if (underWay) return await underWay;
    if (this.#away && this.#clock() < this.#away.until) throw this.#away.error;
    return await this.#begin(key, terms, subject, expiresAt);
  }

  /** The server behind did not accept it: the next request asks the issuer anew, unless it did so just now. */
  forget(terms: ExchangeTerms, subjectToken: string): void {
    const key = keyOf(terms, subjectToken);
    const held = this.#remembered.get(key);
    if (held && Math.abs(this.#clock() - held.since) >= forgottenAfter) this.#remembered.delete(key);
  }

  #begin(key: string, terms: ExchangeTerms, subject: Subject, expiresAt: number): Promise<string> {
    const exchanging = this.#exchangeAndKeep(key, terms, subject, expiresAt).finally(() => {
      this.#underWay.delete(key);
    });
    this.#underWay.set(key, exchanging);
    return exchanging;
  }

  async #exchangeAndKeep(
    key: string,
    terms: ExchangeTerms,
    subject: Subject,
    expiresAt: number,
  ): Promise<string> {
    const begun = this.#clock();
    try {
      const { token, lifetime } = await this.#exchange(terms, subject);
      const margin = Math.min(Math.ceil(lifetime * lastPart), longestLastPart);
      this.#keep(key, { token }, Math.min(begun + lifetime - margin, expiresAt));
      return token;
    } catch (thrown) {
      if (thrown instanceof OAuthError) this.#remember(thrown, key);
      throw thrown;
    }
  }

  #remember(error: OAuthError, key: string): void {
    const now = this.#clock();
    if (error.refusal === "upstream.exchange-refused" || error.refusal === "upstream.exchange-client")
      this.#keep(key, { refusal: error }, now + refusalHolds);
    if (error.refusal === "upstream.exchange-away") this.#away = { error, until: now + pause };
  }

  #keep(key: string, outcome: Outcome, until: number): void {
    this.#remembered.delete(key);
    const since = this.#clock();
    if (until <= since) return;
    if (this.#remembered.size >= this.#size) {
      const [oldest] = this.#remembered.keys();
      if (oldest !== undefined) this.#remembered.delete(oldest);
    }
    this.#remembered.set(key, { outcome, since, until });
  }
}

/** With the terms in it, so that a rule that asks for less never gets what one that asks for more was given. */
function keyOf({ clientId, clientSecret, resource, scopes }: ExchangeTerms, subjectToken: string): string {
  return createHash("sha256")
    .update(JSON.stringify([clientId, clientSecret, resource, scopes, subjectToken]))
    .digest("base64url");
}
