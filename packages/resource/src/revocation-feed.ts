import type { CheckedClaims } from "@valetkey/protocol/access-token";
import { invalidToken, OAuthError } from "@valetkey/protocol/errors";
import { Ended } from "./ended.ts";
import { type FeedPage, readFeedPage } from "./feed-page.ts";
import type { Held } from "./held.ts";
import { basic } from "./introspection.ts";
import type { IssuerMetadata } from "./issuer.ts";
import { isSecureUrl, type RevocationOptions, type Settings } from "./options.ts";
import { askForJson } from "./outbound.ts";

/** Seconds by which the issuer's clock may be ahead. */
const farthestAhead = 300;

/** Ends a token before its time. @throws invalid_token, or temporarily_unavailable when nobody can tell */
export interface RevocationJudge {
  /** A promise only for the very first tokens. */
  judge(claims: CheckedClaims): Promise<void> | undefined;
  /** Follows no longer: nobody is let in when the last news has grown stale. */
  close(): void;
}

export function revocationJudge(settings: Settings, metadata: Held<IssuerMetadata>): RevocationJudge {
  const { revocations } = settings;
  return revocations === undefined ? everything : new RevocationFeed(settings, revocations, metadata);
}

const everything: RevocationJudge = { judge: () => undefined, close: () => undefined };

/**
 * Follows the issuer's revocation feed from the first token on, one question after the other, each held open by the
 * issuer until something ends. What the last answer is older than `staleAfter` lets nobody in.
 */
export class RevocationFeed implements RevocationJudge {
  readonly #settings: Settings;
  readonly #options: RevocationOptions;
  readonly #metadata: Held<IssuerMetadata>;
  readonly #staleAfter: number;
  readonly #ended: Ended;
  readonly #closing = new AbortController();
  #asking: AbortController | undefined;
  #after: string | undefined;
  #known: { readonly byTimer: number; readonly byClock: number } | undefined;
  #failure: unknown;
  #first: Promise<void> | undefined;

  constructor(settings: Settings, options: RevocationOptions, metadata: Held<IssuerMetadata>) {
    this.#settings = settings;
    this.#options = options;
    this.#metadata = metadata;
    this.#staleAfter = options.staleAfter ?? 10;
    this.#ended = new Ended(options.size ?? 200_000);
  }

  judge(claims: CheckedClaims): Promise<void> | undefined {
    this.#first ??= this.#begin();
    if (this.#known === undefined && this.#failure === undefined) {
      return this.#first.then(() => this.#judged(claims));
    }
    this.#judged(claims);
    return undefined;
  }

  close(): void {
    this.#closing.abort();
    this.#asking?.abort();
  }

  #judged(claims: CheckedClaims): void {
    this.#requireNews();
    const verdict = this.#ended.judge(claims);
    if (verdict === "stands") return;
    if (verdict === "ended") throw invalidToken("token.revoked");
    if (verdict === "before-memory") throw invalidToken("feed.before-memory");
    throw unavailable("feed.overflow", undefined);
  }

  /** By two clocks: the one stands while a machine sleeps, the other may be set back. */
  #requireNews(): void {
    const known = this.#known;
    const isFresh =
      known !== undefined &&
      performance.now() - known.byTimer <= this.#staleAfter * 1_000 &&
      // Whole seconds may differ by one for no time at all.
      this.#settings.clock() - known.byClock <= this.#staleAfter + 1;
    if (!isFresh) throw unavailable("feed.stale", this.#failure);
  }

  /** Resolves when what ended so far is known, could not be had, or is told for longer than anybody should wait. */
  #begin(): Promise<void> {
    return new Promise((resolve) => {
      void this.#follow(resolve);
    });
  }

  async #follow(settled: () => void): Promise<void> {
    const { signal } = this.#closing;
    const begun = performance.now();
    for (let failures = 0; !signal.aborted; ) {
      const asked = performance.now();
      try {
        const wait = this.#known === undefined ? 0 : this.#pace();
        const { more, events, isNews } = await this.#ask(asked, wait);
        failures = 0;
        const isBegun = !more || performance.now() - begun > this.#staleAfter * 1_000;
        if (isBegun) settled();
        if (more) {
          // Nothing, and yet more: whoever says so is not believed at full speed.
          if (events.length === 0) await this.#pause(0.1);
          continue;
        }
        // An issuer at which too many wait answers at once, and nodes that take turns tell all of the last time again each
        // time; it is not to be asked all the time.
        const isSentAway = !isNews && performance.now() - asked < wait * 500;
        if (isSentAway) await this.#pause(wait / 2);
      } catch (cause) {
        this.#failure = cause;
        settled();
        await this.#pause(Math.min(0.2 * 2 ** failures, this.#pace()));
        failures += 1;
      }
    }
    settled();
  }

  async #ask(asked: number, wait: number): Promise<FeedPage & { readonly isNews: boolean }> {
    const askedByClock = this.#settings.clock();
    const page = readFeedPage(await this.#answer(wait));
    // What a clock far ahead says would make every token too old for ever.
    if (page.at > this.#settings.clock() + farthestAhead) {
      throw new Error("The issuer's clock is more than five minutes ahead of this machine's.");
    }
    if (page.since !== undefined) this.#ended.beginAt(page.since);
    let isNews = false;
    for (const event of page.events) isNews = this.#ended.add(event) || isNews;
    this.#after = page.next;
    this.#failure = undefined;
    if (page.more) return { ...page, isNews };
    // As of when the issuer looked: no later than its own wait after the question left.
    const waited = Math.min(page.waited, wait);
    this.#known = { byTimer: asked + waited * 1_000, byClock: askedByClock + Math.floor(waited) };
    this.#ended.prune(page.at, page.tokenLifetime);
    return { ...page, isNews };
  }

  async #answer(wait: number): Promise<Readonly<Record<string, unknown>>> {
    const endpoint = this.#options.endpoint ?? (await this.#metadata.get()).revocationFeedEndpoint;
    if (endpoint === undefined || !isSecureUrl(endpoint)) {
      throw new Error(`The metadata of ${this.#settings.issuer} has no valetkey_revocation_feed_endpoint.`);
    }
    const form = new URLSearchParams({ wait: wait.toFixed(3) });
    if (this.#after !== undefined) form.set("after", this.#after);
    const timeout = wait + Math.min(this.#settings.timeout, this.#staleAfter / 2);
    const asking = new AbortController();
    this.#asking = asking;
    const fetch: Settings["fetch"] = (url, init) => {
      const signals = init.signal ? [init.signal, asking.signal] : [asking.signal];
      return this.#settings.fetch(url, { ...init, signal: AbortSignal.any(signals) });
    };
    return await askForJson({ ...this.#settings, timeout, fetch }, endpoint, {
      method: "POST",
      headers: {
        authorization: basic(this.#options),
        "content-type": "application/x-www-form-urlencoded",
      },
      body: form.toString(),
    });
  }

  /** Seconds of a wait: two answers in a row may be lost before the news are stale. */
  #pace(): number {
    return Math.min(25, this.#staleAfter / 4);
  }

  /** Up to half of it less, so that guards that failed together do not ask together. For it alone no process stays alive. */
  #pause(seconds: number): Promise<void> {
    const { signal } = this.#closing;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer: unknown = setTimeout(done, seconds * 1_000 * (0.5 + Math.random() / 2));
      if (typeof timer === "object" && timer !== null && "unref" in timer) (timer as Unreferable).unref();
      signal.addEventListener("abort", done);
      function done(): void {
        signal.removeEventListener("abort", done);
        clearTimeout(timer as number);
        resolve();
      }
    });
  }
}

interface Unreferable {
  unref(): void;
}

function unavailable(refusal: "feed.stale" | "feed.overflow", cause: unknown): OAuthError {
  return new OAuthError("temporarily_unavailable", "The token cannot be checked at the moment.", refusal, {
    cause,
    retryAfter: 1,
    ...(cause instanceof Error && { fact: cause.message.slice(0, 200) }),
  });
}
