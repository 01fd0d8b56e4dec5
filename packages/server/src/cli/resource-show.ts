import { allRoles } from "../operations/allowances.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { requireResource } from "./known.ts";
import { jsonOption, say } from "./output.ts";
import { resourceFacts, resourceText } from "./resource-facts.ts";

export const resourceShow: Command = {
  name: "resource show",
  summary: "Show a resource, its scopes, and the roles that allow each",
  operand: { name: "IDENTIFIER", says: "the resource's URL", example: "https://mcp.example.com/mcp" },
  options: { ...jsonOption, ...storeOptions },
  examples: ["resource show https://mcp.example.com/mcp"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const resource = await requireResource(store, given);
        const roles = await allRoles(store.roles);
        return say(io, given, resourceFacts(resource, roles), resourceText(resource, roles));
      });
  },
};
