import type { EventStore, JSONRPCMessage } from "@modelcontextprotocol/server";

/** What a session's streams carried, so that a client that comes back is told what it missed. */
export function eventLog(): EventStore {
  const events: { readonly stream: string; readonly message: JSONRPCMessage }[] = [];
  return {
    async storeEvent(stream, message) {
      events.push({ stream, message });
      return String(events.length - 1);
    },
    async replayEventsAfter(last, { send }) {
      const stream = events[Number(last)]?.stream;
      if (stream === undefined) throw new Error(`There is no event ${last}.`);
      for (const [id, event] of events.entries()) {
        const isMissed = id > Number(last) && event.stream === stream;
        // A stream begins with an empty event, which only names where to resume.
        if (isMissed && Object.keys(event.message).length > 0) await send(String(id), event.message);
      }
      return stream;
    },
  };
}
