export interface TurnstileOptions {
  /** How many run at once. */
  readonly width: number;
  /** How many more may wait. */
  readonly waiting: number;
  /** How many of one origin may be inside, running or waiting; without it as many as fit. */
  readonly share?: number;
  /** Milliseconds that one may wait; without it as long as it takes. */
  readonly patience?: number;
  /** What those are told who find the queue full, or waited too long. */
  readonly turnedAway: () => Error;
}

interface Waiting {
  readonly since: number;
  enter(): void;
  leave(): void;
}

/**
 * Lets some pieces of work run at once and some more wait, in order of arrival. Whoever waited too long is not let in:
 * their browser has gone, or will be, and the work would only make the others wait.
 */
export class Turnstile {
  readonly #options: TurnstileOptions;
  readonly #queue: Waiting[] = [];
  readonly #inside = new Map<string, number>();
  #running = 0;

  constructor(options: TurnstileOptions) {
    this.#options = options;
  }

  /**
   * @param origin whose work it is, so that nobody fills the queue alone
   * @throws what `turnedAway` makes
   */
  async pass<T>(work: () => Promise<T>, origin?: string): Promise<T> {
    if (origin === undefined) return await this.#pass(work);
    const { share = Number.POSITIVE_INFINITY, turnedAway } = this.#options;
    const before = this.#inside.get(origin) ?? 0;
    if (before >= share) throw turnedAway();
    this.#inside.set(origin, before + 1);
    try {
      return await this.#pass(work);
    } finally {
      const left = (this.#inside.get(origin) ?? 1) - 1;
      if (left > 0) this.#inside.set(origin, left);
      else this.#inside.delete(origin);
    }
  }

  async #pass<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** @throws what `turnedAway` makes, where whoever came now would read it */
  requireRoom(): void {
    const { width, waiting, turnedAway } = this.#options;
    if (this.#running >= width && this.#queue.length >= waiting) throw turnedAway();
  }

  async #enter(): Promise<void> {
    const { width, turnedAway } = this.#options;
    this.requireRoom();
    if (this.#running < width) {
      this.#running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => reject(turnedAway());
      this.#queue.push({ since: performance.now(), enter: resolve, leave });
    });
  }

  /** The place is handed on as it is, so that nobody who arrives in between takes it. */
  #leave(): void {
    const { patience = Number.POSITIVE_INFINITY } = this.#options;
    const oldest = performance.now() - patience;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      if (next.since >= oldest) {
        next.enter();
        return;
      }
      next.leave();
    }
    this.#running--;
  }
}
