/** What is kept of one kind of row, in characters of JSON: some ten thousand accounts or clients. */
const usualRoom = 8_000_000;

interface Kept<T> {
  readonly value: T;
  readonly size: number;
}

/**
 * Records by key, good as long as `version` stays what it was before they were read. The least recently asked go first
 * when the room is full. What is not there is asked anew each time, so that strangers' guesses fill nothing.
 */
export class RememberedRows<K, T> {
  readonly #version: () => number;
  readonly #room: number;
  readonly #kept = new Map<K, Kept<T>>();
  #keptAt = Number.NaN;
  #size = 0;

  constructor(version: () => number, room: number = usualRoom) {
    this.#version = version;
    this.#room = room;
  }

  /** @param ask reads what is committed; it begins after this call */
  find(key: K, ask: () => Promise<T>): Promise<T> {
    const version = this.#version();
    if (version !== this.#keptAt) this.#forgetAll(version);
    const kept = this.#kept.get(key);
    if (kept === undefined) return this.#ask(key, ask, version);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return Promise.resolve(kept.value);
  }

  async #ask(key: K, ask: () => Promise<T>, version: number): Promise<T> {
    const value = await ask();
    // A commit meanwhile: the row may be as it was before or after it, and only the database knows which.
    if (value !== undefined && version === this.#keptAt && !this.#kept.has(key)) this.#keep(key, value);
    return value;
  }

  #keep(key: K, value: T): void {
    const size = JSON.stringify(value).length;
    this.#kept.set(key, { value: frozen(value), size });
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= this.#room) return;
      this.#kept.delete(oldest);
      this.#size -= freed;
    }
  }

  #forgetAll(version: number): void {
    this.#kept.clear();
    this.#size = 0;
    this.#keptAt = version;
  }
}

/** Many callers are given the same record: whoever writes into it is to fail, not the next request. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
