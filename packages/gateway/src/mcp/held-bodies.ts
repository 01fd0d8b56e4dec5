import { Room } from "../room.ts";

/** Bodies of requests in memory, each until its connection is done with it: the call that it holds may take long. */
export class HeldBodies {
  readonly #room: Room;
  readonly #held = new WeakMap<Request, { readonly person: string; octets: number }>();
  readonly #over = new WeakSet<Request>();

  /** @param most octets, all callers together */
  constructor(most: number) {
    this.#room = new Room(most);
  }

  get octets(): number {
    return this.#room.held;
  }

  /** false when there is no room for so many octets more, or nobody waits for the answer */
  hold(request: Request, person: string, octets: number): boolean {
    if (this.#over.has(request) || !this.#room.take(person, octets)) return false;
    const held = this.#held.get(request) ?? { person, octets: 0 };
    held.octets += octets;
    this.#held.set(request, held);
    return true;
  }

  /** The request was answered, or its client left. */
  done(request: Request): void {
    this.#over.add(request);
    const held = this.#held.get(request);
    this.#held.delete(request);
    if (held) this.#room.give(held.person, held.octets);
  }
}
