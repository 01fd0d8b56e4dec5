import { accountFacts } from "./account-facts.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { requireAccount, requireRoles } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";
import { words } from "./wording.ts";

export const accountSetRoles: Command = {
  name: "account set-roles",
  summary: "Say which roles a person has, in place of those they had",
  operand: { name: "EMAIL", says: "the account's email address", example: "ada@example.com" },
  options: {
    role: { value: "ROLE", many: true, says: "A role that the person has from now on", example: "trainer" },
    none: { says: "No role but everyone, which each account holds" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: ["Tokens that are out already keep their scopes until they expire; every refresh judges anew."],
  examples: [
    "account set-roles ada@example.com --role trainer --role administrator",
    "account set-roles bob@example.com --none",
  ],
  async read(given, io) {
    const roles = given.texts("role").filter((role) => role !== "everyone");
    if (given.texts("role").length > 0 && given.has("none"))
      given.refuse("none", "and --role exclude each other");
    if (given.texts("role").length === 0 && !given.has("none")) given.refuse("role", "or --none is needed");
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const account = await requireAccount(store, given);
        await requireRoles(store, given, "role", roles);
        given.requireFaultless();
        await store.accounts.setRoles(account.id, roles);
        await record(store, io, "account.roles-set", { accountId: account.id, detail: words(roles) });
        return say(
          io,
          given,
          accountFacts({ ...account, roles }),
          `${account.email} has the roles ${words(["everyone", ...roles])}.\n`,
        );
      });
  },
};
