import { accountFacts } from "./account-facts.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { requireAccount } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";
import { passwordOptions, passwordSource } from "./password.ts";

export const accountSetPassword: Command = {
  name: "account set-password",
  summary: "Give a person a new password and end their browser sessions",
  operand: { name: "EMAIL", says: "the account's email address", example: "ada@example.com" },
  options: { ...passwordOptions, ...jsonOption, ...storeOptions },
  notes: [
    "What the person granted to clients stays; valetkey account disable ends that too.",
    "Without --password-stdin and --generate-password the password is asked for, without being shown.",
  ],
  examples: ["account set-password ada@example.com --generate-password"],
  async read(given, io) {
    const password = passwordSource(given, io);
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async (open) => {
        const { store } = open;
        const account = await requireAccount(store, given);
        const { hash, generated } = await password(io, account, open);
        await store.accounts.setPassword(account.id, hash);
        await record(store, io, "account.password-set", { accountId: account.id });
        const facts = {
          ...accountFacts({ ...account, passwordHash: hash }),
          ...(generated === undefined ? {} : { password: generated }),
        };
        const secret = generated === undefined ? "" : `Password: ${generated}\nIt is shown this once.\n`;
        return say(
          io,
          given,
          facts,
          `${account.email} has a new password; every browser has to sign in again.\n${secret}`,
        );
      });
  },
};
