import type { Store } from "../ports/store.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command, Io } from "./command.ts";
import { accountIdOf } from "./grant-filter.ts";
import { endNote } from "./grants-end.ts";
import { jsonOption, record, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";

const pageSize = 500;

export const grantsEndAll: Command = {
  name: "grants end-all",
  summary: "End every grant of a client, of an account, or of a client at an account",
  options: {
    client: { value: "ID", says: "Those of this client, of everybody", example: "calendar" },
    account: { value: "EMAIL", says: "Those of this account, of every client", example: "ada@example.com" },
    yes: { says: "Needed: nothing brings an ended grant back; the people concerned are asked again" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    endNote,
    "valetkey grants list with the same options shows first what will end. A person who signs in while it runs may make a new grant: disable the client or the account first where that matters.",
  ],
  examples: ["grants end-all --client calendar --yes", "grants end-all --account ada@example.com --yes"],
  async read(given, io) {
    const clientId = given.text("client");
    if (clientId === undefined && !given.has("account")) given.refuse("client", "or --account is needed");
    if (!given.has("yes")) given.refuse("yes", "is needed: nothing brings an ended grant back");
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const accountId = await accountIdOf(store, given);
        const ended = await endAll(store, io, { accountId, clientId });
        if (ended === 0 && clientId !== undefined && !(await isKnown(store, clientId)))
          throw new UsageError([
            `There is no client ${JSON.stringify(clientId).slice(1, -1)}, and no grant of it. valetkey grants list shows all.`,
          ]);
        const about = {
          ...(accountId === undefined ? {} : { accountId }),
          ...(clientId === undefined ? {} : { clientId }),
        };
        await record(store, io, "grants.ended", { ...about, detail: `${ended} grants` });
        const facts = { account_id: accountId ?? null, client_id: clientId ?? null, grants_ended: ended };
        return say(io, given, facts, `Ended ${ended} grants and every device under them.\n`);
      });
  },
};

async function endAll(
  store: Store,
  io: Io,
  whose: { readonly accountId: string | undefined; readonly clientId: string | undefined },
): Promise<number> {
  let ended = 0;
  for (let after = 0; ; ) {
    const page = await store.grants.page({ ...whose, after, limit: pageSize });
    // Together, so that they share commits.
    const done = await Promise.all(page.map(({ id }) => store.grants.end(id, io.now())));
    ended += done.filter(Boolean).length;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return ended;
    after = last.id;
  }
}

async function isKnown(store: Store, clientId: string): Promise<boolean> {
  return ((await store.clients.find(clientId)) ?? (await store.documents.find(clientId))) !== undefined;
}
