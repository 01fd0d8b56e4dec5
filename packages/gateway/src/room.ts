/** One person has this part of a room: nobody shuts out the others, and a few together do not either. */
const shares = 4;

/** What is held in memory on the accounts of many, in octets. */
export class Room {
  readonly #most: number;
  readonly #ofPersons = new Map<string, number>();
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get held(): number {
    return this.#held;
  }

  /** false when as much is held as may be, by all or by this person; then nothing was taken */
  take(person: string, octets: number): boolean {
    const own = (this.#ofPersons.get(person) ?? 0) + octets;
    if (this.#held + octets > this.#most || own > this.#most / shares) return false;
    this.#held += octets;
    this.#ofPersons.set(person, own);
    return true;
  }

  give(person: string, octets: number): void {
    this.#held -= octets;
    const left = (this.#ofPersons.get(person) ?? 0) - octets;
    if (left > 0) this.#ofPersons.set(person, left);
    else this.#ofPersons.delete(person);
  }
}
