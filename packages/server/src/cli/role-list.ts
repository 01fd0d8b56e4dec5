import { allRoles } from "../operations/allowances.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { jsonOption, say } from "./output.ts";
import { allowanceRows, roleFacts } from "./role-facts.ts";
import { listOf } from "./table.ts";

export const roleList: Command = {
  name: "role list",
  summary: "List the roles and what each allows",
  options: { ...jsonOption, ...storeOptions },
  examples: ["role list"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const roles = await allRoles(store.roles);
        const rows = roles.flatMap(({ name, description, allows }) => {
          const [first = ["-", "-"], ...more] = allowanceRows(allows);
          return [[name, ...first, description], ...more.map((row) => ["", ...row, ""])];
        });
        const text = listOf(["ROLE", "RESOURCE", "SCOPES", "DESCRIPTION"], rows, "There is no role.");
        return say(io, given, roles.map(roleFacts), text);
      });
  },
};
