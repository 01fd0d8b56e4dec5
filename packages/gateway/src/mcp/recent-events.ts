import type { EventStore } from "@modelcontextprotocol/server";

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
  #last = 0;
  #size = 0;

  async storeEvent(stream: string, message: Message): Promise<string> {
    const id = String(++this.#last);
    const size = JSON.stringify(message).length;
    this.#events.set(id, { stream, message, size });
    this.#size += size;
    for (const [oldest, event] of this.#events) {
      if (this.#size <= mostCharacters && this.#events.size <= mostEvents) break;
      this.#events.delete(oldest);
      this.#size -= event.size;
    }
    return id;
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
