import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Seconds } from "../../records/instant.ts";

export interface HousekeepingOptions {
  readonly store: Pick<Store, "collect">;
  readonly keys: { refresh(): Promise<void> };
  readonly clock: Clock;
  /** How long that is kept which has no end of its own. */
  readonly keep: { readonly unused: Seconds; readonly events: Seconds };
  /** Told of a round that failed; the next one comes all the same. */
  readonly failed: (thrown: unknown) => void;
  /** From the begin of a round to that of the next; 30 by default. */
  readonly every?: Seconds;
}

export interface Housekeeping {
  /** Begins no further step; resolves when the one under way is done. */
  stop(): Promise<void>;
}

/** Rows a table that go in one step. */
const atOnce = 500;
/** A step is followed by a rest of so many times its own length, so that requests have most of the database. */
const rest = 3;

/** Reads the keys of other nodes, lets the rotation be judged and collects what expired, again and again. */
export function keepHouse(options: HousekeepingOptions): Housekeeping {
  const { keys, failed, every = 30 } = options;
  const stopping = new AbortController();
  let underWay: Promise<void> | undefined;
  const round = async () => {
    await keys.refresh();
    await collectAll(options, performance.now() + every * 1000, stopping.signal);
  };
  const timer = setInterval(() => {
    // What is left when the time of a round is over is the next one's.
    if (underWay) return;
    underWay = round()
      .catch((thrown: unknown) => {
        if (!stopping.signal.aborted) failed(thrown);
      })
      .finally(() => {
        underWay = undefined;
      });
  }, every * 1000);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await underWay;
    },
  };
}

/** In small steps, until little is left: no request waits behind a large delete, and no backlog grows for ever. */
async function collectAll(
  { store, clock, keep }: HousekeepingOptions,
  until: number,
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now();
  const since = { unused: now - keep.unused, events: now - keep.events };
  while (!signal.aborted && performance.now() < until) {
    const begun = performance.now();
    if ((await store.collect(now, since, atOnce)) < atOnce) return;
    await pause((performance.now() - begun) * rest, undefined, { signal, ref: false });
  }
}
