import { isPublic } from "../records/client.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import { clientFacts } from "./client-facts.ts";
import type { Command } from "./command.ts";
import { jsonOption, say } from "./output.ts";
import { listOf } from "./table.ts";
import { moment, words } from "./wording.ts";

export const clientList: Command = {
  name: "client list",
  summary: "List the clients, those that registered themselves included",
  options: { ...jsonOption, ...storeOptions },
  notes: [
    "Clients that are described by a metadata document (their client_id is its URL) have no record of their own: valetkey client show URL.",
  ],
  examples: ["client list", "client list --json"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const clients = await store.clients.list();
        const rows = clients.map((client) => [
          client.id,
          client.kind,
          isPublic(client) ? "public" : "confidential",
          words(client.grantTypes),
          moment(client.lastAuthorizedAt),
          client.name,
        ]);
        const heading = ["CLIENT ID", "KIND", "TYPE", "GRANT TYPES", "LAST AUTHORIZED", "NAME"];
        return say(io, given, clients.map(clientFacts), listOf(heading, rows, "There is no client yet."));
      });
  },
};
