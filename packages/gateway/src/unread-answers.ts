import type { ServerResponse } from "node:http";

export interface UnreadBounds {
  /** Octets that one connection may leave unread before it is cut off. */
  readonly ofOne: number;
  readonly ofPerson: number;
  readonly ofAll: number;
}

interface Held {
  readonly outgoing: ServerResponse;
  readonly person: string;
  octets: number;
}

/**
 * What clients leave unread of their answers. Who holds the most is cut off first, so that whoever reads is served,
 * however many do not.
 */
export class UnreadAnswers {
  readonly #bounds: UnreadBounds;
  readonly #held = new Map<ServerResponse, Held>();
  readonly #ofPersons = new Map<string, number>();
  #total = 0;

  constructor(bounds: UnreadBounds) {
    this.#bounds = bounds;
  }

  get total(): number {
    return this.#total;
  }

  /** Writes a piece of an answer. @returns false when the connection had to be cut off, then or by another's piece */
  write(outgoing: ServerResponse, person: string, piece: Uint8Array): boolean {
    const held = this.#held.get(outgoing) ?? this.#begin(outgoing, person);
    // What was there before counts: one large answer to a client that reads must pass.
    if (outgoing.destroyed || held.octets > this.#bounds.ofOne) {
      this.#cut(held);
      return false;
    }
    this.#count(held, piece.byteLength);
    outgoing.write(piece, () => {
      if (this.#held.get(outgoing) === held) this.#count(held, -piece.byteLength);
    });
    while ((this.#ofPersons.get(held.person) ?? 0) > this.#bounds.ofPerson) this.#cutLargestOf(held.person);
    while (this.#total > this.#bounds.ofAll) this.#cutLargestOf(this.#greediest());
    return !outgoing.destroyed;
  }

  #begin(outgoing: ServerResponse, person: string): Held {
    const held = { outgoing, person, octets: 0 };
    this.#held.set(outgoing, held);
    outgoing.once("close", () => this.#forget(held));
    return held;
  }

  #count(held: Held, octets: number): void {
    held.octets += octets;
    this.#total += octets;
    const own = (this.#ofPersons.get(held.person) ?? 0) + octets;
    if (own > 0) this.#ofPersons.set(held.person, own);
    else this.#ofPersons.delete(held.person);
  }

  #cutLargestOf(person: string): void {
    const own = [...this.#held.values()].filter((held) => held.person === person);
    this.#cut(own.reduce((largest, held) => (held.octets > largest.octets ? held : largest)));
  }

  #greediest(): string {
    return [...this.#ofPersons].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
  }

  #cut(held: Held): void {
    this.#forget(held);
    held.outgoing.destroy();
  }

  #forget(held: Held): void {
    if (!this.#held.delete(held.outgoing)) return;
    this.#count(held, -held.octets);
  }
}
