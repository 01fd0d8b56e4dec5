import type { Clock } from "../ports/clock.ts";
import type { Instant, Seconds } from "../records/instant.ts";

/** A clock that moves only when a test moves it. */
export class StoppedClock implements Clock {
  #now: Instant;
  constructor(now: Instant) {
    this.#now = now;
  }
  now(): Instant {
    return this.#now;
  }
  advance(by: Seconds): void {
    this.#now += by;
  }
}
