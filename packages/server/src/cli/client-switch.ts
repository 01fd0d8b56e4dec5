import { changeClient } from "../operations/change-client.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import { clientFacts } from "./client-facts.ts";
import type { Command } from "./command.ts";
import { unknownClient } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";

export const clientDisable = switched({
  name: "client disable",
  summary: "Let a client do nothing until it is enabled again; what people granted stays",
  what: "client.disabled",
  isOff: true,
  done: "is disabled: every request of it is refused. client remove ends what people granted too",
});

export const clientEnable = switched({
  name: "client enable",
  summary: "Let a disabled client work again",
  what: "client.enabled",
  isOff: false,
  done: "is enabled",
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
    operand: { name: "ID", says: "the client_id", example: "calendar" },
    options: { ...jsonOption, ...storeOptions },
    examples: [`${about.name} calendar`],
    async read(given, io) {
      const choice = await chosenStore(given, io);
      return (io) =>
        withStore(choice, io, async ({ store }) => {
          const switched = await changeClient(store.clients, given.operand, (before) => {
            if ((before.disabledAt !== null) === about.isOff) return { client: before, isChanged: false };
            return { client: { ...before, disabledAt: about.isOff ? io.now() : null }, isChanged: true };
          });
          if (!switched) throw await unknownClient(store, given);
          const { client, isChanged } = switched;
          if (isChanged) await record(store, io, about.what, { clientId: client.id });
          return say(io, given, clientFacts(client), `${client.id} ${about.done}.\n`);
        });
    },
  };
}
