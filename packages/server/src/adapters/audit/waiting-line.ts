/** A line of bounded length: who comes when it is full is turned away and counted. */
export class WaitingLine<T> {
  readonly #most: number;
  #items: T[] = [];
  #turnedAway = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#items.length;
  }

  add(item: T): void {
    if (this.#items.length < this.#most) this.#items.push(item);
    else this.#turnedAway++;
  }

  /** The first ones, still in the line. */
  first(count: number): readonly T[] {
    return this.#items.slice(0, count);
  }

  /** The first ones go. */
  served(count: number): void {
    this.#items = this.#items.slice(count);
  }

  /** How many were turned away since the last call. */
  takeTurnedAway(): number {
    const count = this.#turnedAway;
    this.#turnedAway = 0;
    return count;
  }
}
