import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import { clientFacts } from "./client-facts.ts";
import type { Command } from "./command.ts";
import { requireClient } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";

export const clientRemove: Command = {
  name: "client remove",
  summary: "Remove a client, what people granted to it, and its tokens",
  operand: { name: "ID", says: "the client_id", example: "calendar" },
  options: { ...jsonOption, ...storeOptions },
  notes: [
    "Its refresh tokens end at once; introspection says so of its access tokens too, and a resource that checks offline sees them expire.",
  ],
  examples: ["client remove calendar"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const client = await requireClient(store, given);
        await store.clients.remove(client.id, io.now());
        await record(store, io, "client.removed", { clientId: client.id });
        return say(
          io,
          given,
          clientFacts(client),
          `Removed ${client.id}; everything granted to it is ended.\n`,
        );
      });
  },
};
