import type { EventStore } from "@modelcontextprotocol/server";
import type { Room } from "../room.ts";

type Message = Parameters<EventStore["storeEvent"]>[1];

interface Event {
  readonly stream: string;
  readonly message: Message;
  readonly size: number;
}

/** Characters of one session's messages that are kept for a client whose connection broke. */
const mostCharacters = 1024 * 1024;
const mostEvents = 1_000;

/** The newest messages of one session, so that a broken stream goes on where it broke (MCP, resumability). */
export class RecentEvents implements EventStore {
  readonly #events = new Map<string, Event>();
  readonly #room: Room;
  readonly #person: string;
  #isOver = false;
  #last = 0;
  #size = 0;

  /** @param room what all sessions keep together, in characters; where it is full a session keeps less */
  constructor(room: Room, person: string) {
    this.#room = room;
    this.#person = person;
  }

  async storeEvent(stream: string, message: Message): Promise<string> {
    const id = String(++this.#last);
    const size = JSON.stringify(message).length;
    if (this.#isOver || size > mostCharacters) return id;
    while (!this.#hasRoomFor(size)) if (!this.#dropOldest()) return id;
    this.#events.set(id, { stream, message, size });
    this.#size += size;
    return id;
  }

  /** The session is over: nobody comes back for it. */
  end(): void {
    this.#isOver = true;
    while (this.#dropOldest());
  }

  #hasRoomFor(size: number): boolean {
    const fits = this.#size + size <= mostCharacters && this.#events.size < mostEvents;
    return fits && this.#room.take(this.#person, size);
  }

  #dropOldest(): boolean {
    const [oldest] = this.#events;
    if (oldest === undefined) return false;
    const [id, { size }] = oldest;
    this.#events.delete(id);
    this.#size -= size;
    this.#room.give(this.#person, size);
    return true;
  }

  /** undefined for an event that is no longer kept: what came after it may be missing too. */
  async getStreamIdForEventId(id: string): Promise<string | undefined> {
    return this.#events.get(id)?.stream;
  }

  async replayEventsAfter(
    id: string,
    { send }: Parameters<EventStore["replayEventsAfter"]>[1],
  ): Promise<string> {
    const stream = this.#events.get(id)?.stream;
    if (stream === undefined) throw new Error("The event is no longer kept.");
    for (const [later, event] of [...this.#events]) {
      const isMessage = "jsonrpc" in event.message;
      if (Number(later) > Number(id) && event.stream === stream && isMessage)
        await send(later, event.message);
    }
    return stream;
  }
}
