/** Lets at most `width` pieces of work run at once and at most `waiting` more wait, in order of arrival. */
export class Turnstile {
  readonly #width: number;
  readonly #waiting: number;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(width: number, waiting: number) {
    this.#width = width;
    this.#waiting = waiting;
  }

  get isFull(): boolean {
    return this.#running >= this.#width && this.#queue.length >= this.#waiting;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#width) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      // The place is handed on as it is, so that nobody who arrives in between takes it.
      const next = this.#queue.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
