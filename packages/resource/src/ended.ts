import type { CheckedClaims } from "@valetkey/protocol/access-token";
import { actorsOf, readActChain } from "@valetkey/protocol/act-chain";

/** One ending as the issuer's feed tells it; `at` in seconds since 1970. */
export interface EndingEvent {
  readonly kind: "token" | "lineage" | "client";
  readonly id: string;
  readonly at: number;
}

/**
 * By how many seconds the clocks of an issuer's nodes, and a commit that took its time, may mix up what came first. The
 * feed itself goes back that far.
 */
export const margin = 60;

/**
 * What ended, for as long as access tokens of it may live. It never forgets before its time: what does not fit makes it
 * blind for all that was issued until then, and says so.
 */
export class Ended {
  readonly #size: number;
  #tokens = new Map<string, number>();
  #lineages = new Map<string, number>();
  #clients = new Map<string, number>();
  #since = Number.POSITIVE_INFINITY;
  #blindUntil = Number.NEGATIVE_INFINITY;
  #prunedAt = 0;
  #newest = Number.NEGATIVE_INFINITY;

  constructor(size: number) {
    this.#size = size;
  }

  get count(): number {
    return this.#tokens.size + this.#lineages.size + this.#clients.size;
  }

  /** Tokens that were issued before are beyond what is known, in seconds since 1970. */
  get since(): number {
    return this.#since;
  }

  /** Everything that ended from `at` on is going to be told; what ended before, only where that was known already. */
  beginAt(at: number): void {
    this.#since = this.#since === Number.POSITIVE_INFINITY ? at : Math.max(this.#since, at);
  }

  /** @returns whether it was news; a feed tells some things again */
  add({ kind, id, at }: EndingEvent): boolean {
    this.#newest = Math.max(this.#newest, at);
    if (this.count >= this.#size) this.#overflow();
    const kept = kind === "token" ? this.#tokens : kind === "lineage" ? this.#lineages : this.#clients;
    const before = kept.get(id);
    kept.set(id, Math.max(at, before ?? 0));
    return before === undefined || at > before;
  }

  /** Forgets what no living token can be of, where none lives longer than `lifetime` seconds. */
  prune(now: number, lifetime: number): void {
    // Now and then: each time costs a walk through everything.
    if (now < this.#prunedAt + Math.min(30, lifetime)) return;
    this.#prunedAt = now;
    const old = now - lifetime - 2 * margin;
    for (const kept of [this.#tokens, this.#lineages, this.#clients]) {
      for (const [id, at] of kept) if (at < old) kept.delete(id);
    }
    if (old > this.#since) this.#since = old;
  }

  /** What is to be said of a token with these claims. */
  judge(claims: CheckedClaims): "stands" | "ended" | "overflow" | "before-memory" {
    const { jti, iat, lineage, client_id, act, ancestors, origin_client_id } = claims;
    if (typeof lineage === "string" && this.#lineages.has(lineage)) return "ended";
    if (typeof jti === "string" && this.#tokens.has(jti)) return "ended";
    if (this.#clients.size > 0) {
      const parties = [client_id, origin_client_id, ...actors(act)];
      if (parties.some((id) => typeof id === "string" && this.#isClientEnded(id, iat))) return "ended";
    }
    if (Array.isArray(ancestors) && ancestors.some((id) => this.#tokens.has(id))) return "ended";
    if (iat < this.#blindUntil) return "overflow";
    return iat < this.#since ? "before-memory" : "stands";
  }

  /** A client may be enabled again: what it got since then, by a margin, is good. */
  #isClientEnded(id: string, issuedAt: number): boolean {
    const at = this.#clients.get(id);
    return at !== undefined && issuedAt <= at + margin;
  }

  #overflow(): void {
    this.#blindUntil = this.#newest + margin;
    this.#tokens = new Map();
    this.#lineages = new Map();
    this.#clients = new Map();
  }
}

function actors(act: unknown): readonly string[] {
  const chain = readActChain(act);
  return chain === "malformed" ? [] : actorsOf(chain);
}
