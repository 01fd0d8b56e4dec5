import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Store } from "../ports/store.ts";
import type { Ending, EndingKind } from "../records/ending.ts";
import { type FeedPage, RevocationFeed } from "../tokens/revocation-feed.ts";

/** Endings of tokens as a store has them, those of all nodes; reading may be slow, or be watched. */
class Endings {
  readonly #rows: Ending[] = [];
  looks = 0;
  /** Awaited before a page that was read is handed over. */
  gate: Promise<void> = Promise.resolve();

  add(id: string, at: number): void {
    this.#rows.push({ kind: "token", id, at });
    this.#rows.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }
  /** In order, and behind all that is there. */
  addAll(rows: readonly Ending[]): void {
    for (const row of rows) this.#rows.push(row);
  }
  async page(kind: EndingKind, from: Pick<Ending, "at" | "id">, limit: number): Promise<readonly Ending[]> {
    if (kind !== "token") return [];
    this.looks += 1;
    let [first, end] = [0, this.#rows.length];
    while (first < end) {
      const middle = (first + end) >> 1;
      const { at, id } = this.#rows[middle] ?? from;
      if (at > from.at || (at === from.at && id > from.id)) end = middle;
      else first = middle + 1;
    }
    const page = this.#rows.slice(first, first + limit);
    await this.gate;
    return page;
  }
}

/** Nodes of one store where time stands still but for {@link StoppedFeed.advance}: timers, the clock and the stopwatch. */
export function aStoppedFeed() {
  let ms = 1_000_000;
  const begin = 1_800_000_000;
  const now = () => begin + Math.floor((ms - 1_000_000) / 1_000);
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => ms);
  const endings = new Endings();
  const store = {
    endings,
    resources: { list: async () => [] },
  } as unknown as Pick<Store, "endings" | "resources">;
  const lifetimes = { accessToken: 600 } as never;
  const settle = async () => {
    for (let left = 4; left > 0; left--) await turn();
  };
  return {
    endings,
    now,
    settle,
    store,
    clock: { now },
    node: () => new RevocationFeed(store, { now }, { lifetimes }),
    /** Lets seconds pass, a fifth at a time. */
    async advance(seconds: number): Promise<void> {
      for (const end = ms + seconds * 1_000; ms < end; ) {
        ms += 200;
        mock.timers.tick(200);
        await settle();
      }
    },
    [Symbol.dispose]: () => {
      mock.timers.reset();
      mock.restoreAll();
    },
  };
}

/** Pages until there is no more, from one node after the other at every question. */
export async function readAllAt(
  nodes: readonly RevocationFeed[],
  after?: string,
  most = 40,
): Promise<{ readonly ids: readonly string[]; readonly next: string; readonly pages: readonly FeedPage[] }> {
  const pages: FeedPage[] = [];
  for (let cursor = after; pages.length < most; ) {
    const node = nodes[pages.length % nodes.length];
    if (!node) break;
    const page = await node.read("reader", cursor, 0);
    pages.push(page);
    cursor = page.next;
    if (!page.more) {
      const ids = pages.flatMap(({ events }) => events.map(({ id }) => id));
      return { ids, next: page.next, pages };
    }
  }
  throw new Error(`There is still more after ${most} pages.`);
}
