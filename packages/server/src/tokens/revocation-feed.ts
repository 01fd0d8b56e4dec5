import type { Clock } from "../ports/clock.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Ending } from "../records/ending.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { type FeedCursor, type FeedPlace, readCursor, writeCursor } from "./feed-cursor.ts";
import { endingKinds, overlap, RecentEndings } from "./recent-endings.ts";

/** A page of the feed as it travels. docs/decisions/0012-revocation-feed.md */
export interface FeedPage {
  readonly events: readonly FeedEvent[];
  /** What the next question says as `after`. */
  readonly next: string;
  /** Whether more is there already: only then the reader is behind. */
  readonly more: boolean;
  /** Of a page where reading began: every ending since then is told. */
  readonly since?: Instant;
  readonly at: Instant;
  /** How long access tokens live at most, by what is set now. */
  readonly token_lifetime: Seconds;
  /** Seconds from the question's arrival to the look at the store that this page rests on. */
  readonly waited: number;
}

export interface FeedEvent {
  readonly kind: "lineage" | "token" | "client";
  readonly id: string;
  readonly at: Instant;
}

/** The longest wait for an event, in seconds. */
export const longestWait: Seconds = 25;

const pageSize = 1_000;
const mostOfAReader = 64;
const mostAtOnce = 1_000;

/** Tells resources what ended before its time, from the store and from what this node saw appear in it. */
export class RevocationFeed {
  readonly #store: Pick<Store, "endings" | "resources">;
  readonly #clock: Clock;
  readonly #settings: Pick<Settings, "lifetimes">;
  readonly #recent: RecentEndings;
  readonly #waiting = new Map<string, number>();
  #waitingAtOnce = 0;

  constructor(
    store: Pick<Store, "endings" | "resources">,
    clock: Clock,
    settings: Pick<Settings, "lifetimes">,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#settings = settings;
    this.#recent = new RecentEndings(store, clock);
  }

  /**
   * The next page for a reader.
   * @param wait seconds that the reader is willing to wait for an event. Where many wait already, it is answered at once.
   */
  async read(reader: string, after: string | undefined, wait: Seconds): Promise<FeedPage> {
    const arrived = performance.now();
    await this.#recent.look();
    const lifetime = await this.#longestLife();
    const cursor = after === undefined ? undefined : readCursor(after);
    const follows = cursor && !cursor.place && this.#recent.has(cursor.epoch, cursor.number);
    const page = follows
      ? ((await this.#following(reader, cursor, arrived + wait * 1_000)) ??
        (await this.#fromStore(cursor, lifetime)))
      : await this.#fromStore(cursor, lifetime);
    const waited = Math.max(0, this.#recent.lookedAt - arrived);
    const { events, next, ...about } = page;
    return {
      events: events.map(toldOf),
      next: writeCursor(next),
      ...about,
      at: this.#clock.now(),
      token_lifetime: lifetime,
      waited: Math.floor(waited) / 1_000,
    };
  }

  /** Something of this node just ended: readers need not wait for the next look. */
  nudge(): void {
    this.#recent.nudge();
  }

  /** Answers all who wait; from now on everybody is answered at once. */
  close(): void {
    this.#recent.close();
  }

  /** What came behind the cursor, after a wait if nothing did; undefined when this node lost the thread meanwhile. */
  async #following(reader: string, cursor: FeedCursor, until: number): Promise<Page | undefined> {
    const { epoch, number } = cursor;
    const isThere = () => this.#recent.has(epoch, number) && this.#recent.last > number;
    const patience = until - performance.now();
    if (!isThere() && patience > 0) {
      await this.#inLine(reader, () => this.#recent.news(patience));
    }
    if (!this.#recent.has(epoch, number)) return undefined;
    const events = this.#recent.behind(number, pageSize);
    const read = number + events.length;
    const more = read < this.#recent.last;
    // While it is behind, the reader has to read from where it was; then it has all that the last look could see.
    const since = more ? cursor.since : Math.max(0, this.#recent.lookedAtInstant - overlap);
    return { events, next: { since, epoch, number: read }, more };
  }

  async #inLine(reader: string, wait: () => Promise<void>): Promise<void> {
    const own = this.#waiting.get(reader) ?? 0;
    if (own >= mostOfAReader || this.#waitingAtOnce >= mostAtOnce) return;
    this.#waiting.set(reader, own + 1);
    this.#waitingAtOnce += 1;
    try {
      await wait();
    } finally {
      this.#waitingAtOnce -= 1;
      const left = (this.#waiting.get(reader) ?? 1) - 1;
      if (left === 0) this.#waiting.delete(reader);
      else this.#waiting.set(reader, left);
    }
  }

  /**
   * A page read from the store, kind after kind. What becomes visible meanwhile is numbered by the node where the reading
   * began, and read there behind the number that stood then; elsewhere the last minute before it began is read again.
   */
  async #fromStore(cursor: FeedCursor | undefined, lifetime: Seconds): Promise<Page> {
    const { epoch, last, lookedAtInstant } = this.#recent;
    const earliest = Math.max(0, this.#clock.now() - lifetime - 2 * overlap);
    // A reading goes on at another node too: who is sent from one to the next would never come to its end.
    const isAnew = cursor === undefined || (!cursor.place && cursor.since < earliest);
    const since = isAnew ? earliest : cursor.since;
    const { place: first = beginning(since, Math.max(since, lookedAtInstant - overlap)), ...live } =
      cursor?.place ? cursor : { since, epoch, number: last };
    const events: Ending[] = [];
    let place: FeedPlace | undefined = first;
    while (place && events.length < pageSize) {
      const limit = pageSize - events.length;
      const page: readonly Ending[] = await this.#store.endings.page(place.kind, place, limit);
      events.push(...page);
      place = placeBehind(place, page, limit, since);
    }
    const isHere = this.#recent.has(live.epoch, live.number);
    return {
      events,
      next: place ? { ...live, place } : { ...live, since: first.again },
      // What appeared since is told by the next page.
      more: place !== undefined || !isHere || this.#recent.last > live.number,
      ...(isAnew && { since }),
    };
  }

  async #longestLife(): Promise<Seconds> {
    const resources = await this.#store.resources.list();
    const own = this.#settings.lifetimes.accessToken;
    return Math.max(own, ...resources.map(({ accessTokenLifetime }) => accessTokenLifetime ?? 0));
  }
}

interface Page extends Pick<FeedPage, "more" | "since"> {
  readonly events: readonly Ending[];
  readonly next: FeedCursor;
}

function beginning(since: Instant, again: Instant): FeedPlace {
  return { kind: "lineage", at: since, id: "", again };
}

/** Where the reading of the store goes on behind a page; undefined when all kinds are read. */
function placeBehind(
  { kind, again }: FeedPlace,
  page: readonly Ending[],
  limit: number,
  since: Instant,
): FeedPlace | undefined {
  const last = page.at(-1);
  if (last && page.length === limit) return { kind, at: last.at, id: last.id, again };
  const following = endingKinds[endingKinds.indexOf(kind) + 1];
  return following && { kind: following, at: since, id: "", again };
}

function toldOf({ kind, id, at }: Ending): FeedEvent {
  return { kind: kind === "lineage" || kind === "token" ? kind : "client", id, at };
}
