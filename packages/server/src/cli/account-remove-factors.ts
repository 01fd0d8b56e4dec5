import { accountFacts } from "./account-facts.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { requireAccount } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";

export const accountRemoveFactors: Command = {
  name: "account remove-factors",
  summary: "Take a person's passkeys, one-time passwords and recovery codes away, for who lost them",
  operand: { name: "EMAIL", says: "the account's email address", example: "ada@example.com" },
  options: { ...jsonOption, ...storeOptions },
  notes: [
    "Be sure who asks: from then on a password, or the person's mail, is enough to sign in and to set up new ones.",
    "Sessions end. What clients may do stays: end it with grants end-all, or with account disable.",
  ],
  examples: ["account remove-factors ada@example.com"],
  async read(given, io) {
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const account = await requireAccount(store, given);
        const passkeys = await store.passkeys.listOf(account.id);
        for (const { id } of passkeys) await store.passkeys.remove(id, account.id);
        const hadCodes = await store.oneTimePasswords.remove(account.id, true);
        await store.recoveryCodes.replace(account.id, []);
        const sessions = await store.sessions.endOthers(account.id, null);
        const detail = `${passkeys.length} passkeys${hadCodes ? ", one-time passwords" : ""}`;
        await record(store, io, "account.factors-removed", { accountId: account.id, detail });
        return say(
          io,
          given,
          { ...accountFacts(account), passkeys: passkeys.length, one_time_passwords: hadCodes, sessions },
          `${account.email} has no second factor any more: ${detail} and ${sessions} sessions are gone.\n`,
        );
      });
  },
};
