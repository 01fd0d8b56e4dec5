import { after, before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { SqlStore } from "../sql/store.ts";

/** Where a database lives for the time of a test: a file, or a database on a server. */
export interface Place {
  /** A store on it, as another node or process would open it. The place closes it at the end. */
  open(): Promise<SqlStore>;
  /** Runs raw SQL beside every store, for what no verb does. */
  execute(sql: string): Promise<void>;
  remove(): Promise<void>;
}

export type NewPlace = () => Promise<Place>;

/** A place and a store on it, there as soon as tests run. */
export interface Opened {
  readonly place: Place;
  readonly store: SqlStore;
}

/** One place and store for all tests of a `describe`, which keep apart by fresh ids. */
export function inOnePlace(newPlace: NewPlace): Opened {
  let place: Place | undefined;
  let store: SqlStore | undefined;
  before(async () => {
    place = await newPlace();
    store = await place.open();
  });
  after(async () => place?.remove());
  return {
    get store() {
      if (!store) throw new Error("the store is opened before the tests, not while they are described");
      return store;
    },
    get place() {
      if (!place) throw new Error("the place is made before the tests, not while they are described");
      return place;
    },
  };
}

/** What `call` answers a hundred times at once. */
export function atOnce<T>(times: number, call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => call(index)));
}

/** How often `value` is among `all`. */
export function count<T>(all: readonly T[], value: T): number {
  return all.filter((one) => one === value).length;
}

/** Resolves when the claim is true; rejects when it is not within twenty seconds. */
export async function until(claim: () => boolean): Promise<void> {
  for (let turn = 0; turn < 4_000; turn++) {
    if (claim()) return;
    await pause(5);
  }
  throw new Error(`it never came to this: ${claim}`);
}
