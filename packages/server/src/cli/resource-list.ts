import { allRoles } from "../operations/allowances.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { jsonOption, say } from "./output.ts";
import { resourceFacts } from "./resource-facts.ts";
import { listOf } from "./table.ts";
import { moment, words } from "./wording.ts";

export const resourceList: Command = {
  name: "resource list",
  summary: "List the MCP servers and APIs that tokens are made for",
  options: { ...jsonOption, ...storeOptions },
  examples: ["resource list", "resource list --json"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const resources = await store.resources.list();
        const roles = await allRoles(store.roles);
        const rows = resources.map((resource) => [
          resource.identifier,
          words(resource.scopes.map(({ name }) => name)),
          moment(resource.createdAt),
          resource.name,
        ]);
        const text = listOf(
          ["IDENTIFIER", "SCOPES", "MADE", "NAME"],
          rows,
          "There is no resource yet; valetkey resource add registers one.",
        );
        return say(
          io,
          given,
          resources.map((resource) => resourceFacts(resource, roles)),
          text,
        );
      });
  },
};
