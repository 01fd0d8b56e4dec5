import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import { clientFacts } from "./client-facts.ts";
import { clientText } from "./client-text.ts";
import type { Command } from "./command.ts";
import { requireClient } from "./known.ts";
import { jsonOption, say } from "./output.ts";

export const clientShow: Command = {
  name: "client show",
  summary: "Show everything about one client but its secrets",
  operand: { name: "ID", says: "the client_id, or the URL of a metadata document", example: "calendar" },
  options: { ...jsonOption, ...storeOptions },
  examples: ["client show calendar", "client show https://app.example.com/oauth/client.json"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const document = await store.documents.find(given.operand);
        const client = document?.client ?? (await requireClient(store, given));
        return say(io, given, clientFacts(client), clientText(client));
      });
  },
};
