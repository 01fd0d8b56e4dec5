import { accountFacts } from "./account-facts.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { requireAccount } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";

export const accountDisable = switched({
  name: "account disable",
  summary: "Let a person sign in no more; ends their sessions and every client's access in their name",
  what: "account.disabled",
  isOff: true,
  done: "is disabled: nobody signs in as this person, and no refresh token of theirs works",
});

export const accountEnable = switched({
  name: "account enable",
  summary: "Let a disabled person sign in again",
  what: "account.enabled",
  isOff: false,
  done: "is enabled. Clients ask for a new sign-in; what was ended stays ended",
});

function switched(about: {
  readonly name: string;
  readonly summary: string;
  readonly what: string;
  readonly isOff: boolean;
  readonly done: string;
}): Command {
  return {
    name: about.name,
    summary: about.summary,
    operand: { name: "EMAIL", says: "the account's email address", example: "ada@example.com" },
    options: { ...jsonOption, ...storeOptions },
    examples: [`${about.name} ada@example.com`],
    async read(given, io) {
      const choice = await chosenStore(given, io);
      return (io) =>
        withStore(choice, io, async ({ store }) => {
          const account = await requireAccount(store, given);
          const disabledAt = about.isOff ? (account.disabledAt ?? io.now()) : null;
          if (disabledAt !== account.disabledAt) {
            await store.accounts.setDisabled(account.id, disabledAt);
            await record(store, io, about.what, { accountId: account.id });
          }
          return say(
            io,
            given,
            accountFacts({ ...account, disabledAt }),
            `${account.email} ${about.done}.\n`,
          );
        });
    },
  };
}
