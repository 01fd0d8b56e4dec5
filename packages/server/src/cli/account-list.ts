import { everyone } from "../records/role.ts";
import { accountFacts } from "./account-facts.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { jsonOption, say } from "./output.ts";
import { listOf } from "./table.ts";
import { moment, words } from "./wording.ts";

export const accountList: Command = {
  name: "account list",
  summary: "List the people who can sign in",
  options: { ...jsonOption, ...storeOptions },
  examples: ["account list", "account list --json"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const accounts = await store.accounts.list();
        const rows = accounts.map(({ email, name, roles, createdAt, disabledAt }) => [
          email,
          disabledAt === null ? "enabled" : "disabled",
          words([everyone, ...roles]),
          moment(createdAt),
          name,
        ]);
        const text = listOf(["EMAIL", "STATE", "ROLES", "CREATED", "NAME"], rows, "There is no account yet.");
        return say(io, given, accounts.map(accountFacts), text);
      });
  },
};
