import type { Budget } from "../rules/rules.ts";

/** What one caller, or one client, used. */
export interface Used {
  readonly requests: number;
  readonly tokens: number;
  /** How many of the tokens are guessed, since the upstream did not say. */
  readonly estimated: number;
}

interface Entry {
  /** Seconds since 1970. */
  start: number;
  windowRequests: number;
  windowTokens: number;
  requests: number;
  tokens: number;
  estimated: number;
}

/** Everybody who comes when all places are taken shares this one, so that memory is bounded and no budget is. */
const others = Symbol("others");
type Name = string | typeof others;

/**
 * Counts what callers use, in the memory of one process: two processes count apart, and a restart begins anew. A request
 * is admitted by what was used before, so requests that are under way together can go past a number of tokens.
 */
export class Ledger {
  readonly #entries = new Map<Name, Entry>();
  #most: number;

  /** @param most how many are counted each for themselves */
  constructor(most: number) {
    this.#most = most;
  }

  /** From now on; whoever has a place keeps it until its window ends. */
  allow(most: number): void {
    this.#most = most;
  }

  /** Seconds until the window ends, for one whose budget is used up; else undefined. */
  waitOf(name: string, budget: Budget, now: number): number | undefined {
    const entry = this.#entryOf(name, budget.window, now);
    const { requests = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = budget;
    if (entry.windowRequests < requests && entry.windowTokens < tokens) return undefined;
    return Math.max(1, entry.start + budget.window - now);
  }

  countRequest(name: string, window: number, now: number): void {
    const entry = this.#entryOf(name, window, now);
    entry.requests++;
    entry.windowRequests++;
  }

  countTokens(name: string, window: number, now: number, tokens: number, isEstimate: boolean): void {
    const entry = this.#entryOf(name, window, now);
    entry.tokens += tokens;
    entry.windowTokens += tokens;
    if (isEstimate) entry.estimated += tokens;
  }

  /** What each used since its first request; `others` for all who found no place of their own. */
  used(): ReadonlyMap<string, Used> {
    return new Map(
      [...this.#entries].map(([name, { requests, tokens, estimated }]) => [
        name === others ? "others" : String(name),
        { requests, tokens, estimated },
      ]),
    );
  }

  #entryOf(name: string, window: number, now: number): Entry {
    const key: Name = this.#entries.has(name) || this.#hasPlace(window, now) ? name : others;
    const entry = this.#entries.get(key) ?? {
      start: now,
      windowRequests: 0,
      windowTokens: 0,
      requests: 0,
      tokens: 0,
      estimated: 0,
    };
    // A clock that was set back must not make a window that never ends.
    const isOver = now >= entry.start + window || now < entry.start;
    if (isOver || !this.#entries.has(key)) {
      entry.start = now;
      entry.windowRequests = 0;
      entry.windowTokens = 0;
      // Those whose windows began first stand first.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  /** Makes room by forgetting those whose window is over; nobody loses a count that still binds. */
  #hasPlace(window: number, now: number): boolean {
    for (const [name, { start }] of this.#entries) {
      if (this.#entries.size < this.#most) break;
      if (now < start + window && now >= start) break;
      this.#entries.delete(name);
    }
    return this.#entries.size < this.#most;
  }
}
