import { allRoles, disallowResource } from "../operations/allowances.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { requireResource } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";
import { resourceFacts } from "./resource-facts.ts";

export const resourceRemove: Command = {
  name: "resource remove",
  summary: "Make no more tokens for a resource; takes its scopes out of every role",
  operand: { name: "IDENTIFIER", says: "the resource's URL", example: "https://mcp.example.com/mcp" },
  options: { ...jsonOption, ...storeOptions },
  notes: ["Access tokens that are out already live until they expire."],
  examples: ["resource remove https://mcp.example.com/mcp"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const resource = await requireResource(store, given);
        const facts = resourceFacts(resource, await allRoles(store.roles));
        // Roles first: a crash in between leaves a resource that nobody is granted, and the command can be given again.
        const changed = await disallowResource(store.roles, resource.identifier);
        await store.resources.remove(resource.identifier);
        await record(store, io, "resource.removed", { detail: resource.identifier });
        const from = changed.length === 0 ? "" : ` Its scopes are gone from ${changed.join(", ")}.`;
        return say(io, given, facts, `Removed ${resource.identifier}.${from}\n`);
      });
  },
};
