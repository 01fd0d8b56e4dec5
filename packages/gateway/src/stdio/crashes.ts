/** A process that lived so long, in seconds, did not crash at its start: the next one is started at once. */
const healthy = 60;
/** In seconds. */
const longestWait = 30;
const most = 10_000;

/** How soon a process that crashed may be started again: the first time at once, then 1, 2, 4 seconds and so on. */
export class Crashes {
  readonly #all = new Map<string, { readonly count: number; readonly notBefore: number }>();

  /** All in seconds since 1970. */
  note(key: string, startedAt: number, endedAt: number): void {
    const before = endedAt - startedAt >= healthy ? 0 : (this.#all.get(key)?.count ?? 0);
    const wait = before === 0 ? 0 : Math.min(2 ** (before - 1), longestWait);
    // Deleted first, so that the oldest stands first.
    this.#all.delete(key);
    this.#all.set(key, { count: before + 1, notBefore: endedAt + wait });
    const [oldest] = this.#all.keys();
    if (this.#all.size > most && oldest !== undefined) this.#all.delete(oldest);
  }

  /** Seconds to wait; 0 when it may start. */
  wait(key: string, now: number): number {
    return Math.max(0, (this.#all.get(key)?.notBefore ?? 0) - now);
  }
}
