import { randomBytes } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { Ending, EndingKind } from "../records/ending.ts";
import type { Instant, Seconds } from "../records/instant.ts";

export const endingKinds: readonly EndingKind[] = ["lineage", "token", "disabled-client", "removed-client"];

/**
 * How long an ending may take from the moment that it names until every node can read it: what the clocks of the nodes
 * differ by, and what a commit takes. Each reading goes back that far.
 */
export const overlap: Seconds = 60;

/** Most looks go back less far, so that an hour with many endings is not read over and over. */
const shortOverlap: Seconds = 5;

// Milliseconds.
const pace = 200;
const deepEvery = 2_000;
const idleAfter = 30_000;
/** Longer without a look, and something may have passed by: less than the overlap by what clocks and commits take. */
const longestGap = 17_000;
const keptFor = 120_000;

const pageSize = 1_000;
const mostKept = 200_000;

interface Sighted {
  readonly ending: Ending;
  readonly seenAt: number;
}

interface Waiter {
  readonly tell: () => void;
  readonly fail: (thrown: unknown) => void;
}

/**
 * The endings that this node saw appear in the store, numbered as they came, whoever committed them. One look at the
 * store serves all readers. Numbers mean something within one epoch: a new one begins with the process, and whenever
 * nobody looked for a while.
 */
export class RecentEndings {
  readonly #store: Pick<Store, "endings">;
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiter>();
  /** By kind, id and time: an ending that was seen is not told again. */
  #seen = new Map<string, number>();
  #log: Sighted[] = [];
  /** The number of the last ending that {@link #log} no longer has. */
  #dropped = 0;
  #epoch = newEpoch();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #lookedAtInstant: Instant = 0;
  #deepAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #underWay: Promise<void> | undefined;
  #coming: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(store: Pick<Store, "endings">, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  get epoch(): string {
    return this.#epoch;
  }

  /** The number of the newest ending. */
  get last(): number {
    return this.#dropped + this.#log.length;
  }

  /** When the last look that came to its end began, in milliseconds of `performance.now()`. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  /** The same by the clock: what ends with an earlier time, by more than the overlap, was seen. */
  get lookedAtInstant(): Instant {
    return this.#lookedAtInstant;
  }

  /** Whether everything behind this number of this epoch is still here. */
  has(epoch: string, number: number): boolean {
    return epoch === this.#epoch && number >= this.#dropped && number <= this.last;
  }

  /** What came behind the number, oldest first. */
  behind(number: number, limit: number): readonly Ending[] {
    const from = number - this.#dropped;
    return this.#log.slice(from, from + limit).map(({ ending }) => ending);
  }

  /** Looks at the store; resolves after a look that began after the call. Looks go on for a while afterwards. */
  look(): Promise<void> {
    this.#askedAt = performance.now();
    this.#coming ??= (this.#underWay ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#coming = undefined;
        this.#underWay = this.#look().finally(() => {
          this.#underWay = undefined;
          this.#goOn();
        });
        return this.#underWay;
      });
    return this.#coming;
  }

  /**
   * Resolves when an ending was seen, the time in milliseconds is over, or this was closed.
   * @throws what the store threw when it could not be looked at
   */
  news(within: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter = {
        tell: () => resolve(end()),
        fail: (thrown) => {
          end();
          reject(thrown);
        },
      };
      const timer = setTimeout(waiter.tell, within);
      this.#waiting.add(waiter);
      this.#goOn();
    });
  }

  /** Looks at once, if anybody wants to know. */
  nudge(): void {
    if (this.#isWanted) this.#lookUnasked();
  }

  /** Answers all who wait. Nobody waits from now on. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const { tell } of [...this.#waiting]) tell();
  }

  #goOn(): void {
    if (!this.#isWanted || this.#timer !== undefined || this.#underWay !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#lookUnasked();
    }, pace);
    // Who waits holds a timer of their own; for the others no process stays alive.
    this.#timer.unref();
  }

  get #isWanted(): boolean {
    return !this.#isClosed && (this.#waiting.size > 0 || performance.now() - this.#askedAt < idleAfter);
  }

  /** A look that is nobody's question, so that looks come to an end where nobody asks. */
  #lookUnasked(): void {
    const asked = this.#askedAt;
    this.look().catch((thrown) => {
      for (const { fail } of [...this.#waiting]) fail(thrown);
    });
    this.#askedAt = asked;
  }

  async #look(): Promise<void> {
    const began = performance.now();
    if (began - this.#lookedAt > longestGap) this.#beginEpoch();
    const isDeep = began - this.#deepAt >= deepEvery;
    const now = this.#clock.now();
    const at = Math.max(0, now - (isDeep ? overlap : shortOverlap));
    const before = this.last;
    for (const kind of endingKinds) await this.#read(kind, at, began);
    this.#lookedAt = began;
    this.#lookedAtInstant = now;
    if (isDeep) {
      this.#deepAt = began;
      this.#forget(now, began);
    }
    if (this.last > before) for (const { tell } of [...this.#waiting]) tell();
  }

  async #read(kind: EndingKind, at: number, seenAt: number): Promise<void> {
    let from: Pick<Ending, "at" | "id"> = { at, id: "" };
    for (;;) {
      const page = await this.#store.endings.page(kind, from, pageSize);
      for (const ending of page) {
        const name = `${ending.kind} ${ending.at} ${ending.id}`;
        if (this.#seen.has(name)) continue;
        this.#seen.set(name, ending.at);
        this.#log.push({ ending, seenAt });
      }
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return;
      from = last;
      // Thousands of devices can end at once; requests are not to wait until all of them are read.
      await turn();
    }
  }

  #beginEpoch(): void {
    this.#epoch = newEpoch();
    this.#log = [];
    this.#dropped = 0;
    this.#seen = new Map();
    this.#deepAt = Number.NEGATIVE_INFINITY;
  }

  #forget(now: number, began: number): void {
    // Twice as long as any look goes back: none tells of it again.
    for (const [name, at] of this.#seen) if (at < now - 2 * overlap) this.#seen.delete(name);
    const young = this.#log.findIndex(({ seenAt }) => seenAt > began - keptFor);
    const old = young < 0 ? this.#log.length : young;
    const gone = Math.max(old, this.#log.length - mostKept);
    this.#log.splice(0, gone);
    this.#dropped += gone;
  }
}

function newEpoch(): string {
  return randomBytes(6).toString("hex");
}
