import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { idOf } from "./grant-id.ts";
import { isAlive } from "./lineage-facts.ts";
import { jsonOption, record, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** What every end of access has in common. */
export const endNote =
  "A running server refuses the next refresh and says so at the next introspection. A resource that checks tokens offline takes the last access token until it expires.";

export const grantsEnd: Command = {
  name: "grants end",
  summary: "End a grant: every device under it is signed out, and the client must ask the person again",
  operand: { name: "ID", says: "the grant's number, from valetkey grants list", example: "17" },
  options: { ...jsonOption, ...storeOptions },
  notes: [endNote],
  examples: ["grants end 17"],
  async read(given, io) {
    const id = idOf(given);
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const grant = await store.grants.find(id);
        const alive = (await store.lineages.listOf(id)).filter((one) => isAlive(one, io.now()));
        if (!grant || !(await store.grants.end(id, io.now())))
          throw new UsageError([`There is no grant ${id}. valetkey grants list shows all.`]);
        const { accountId, clientId } = grant;
        await record(store, io, "grant.ended", { grantId: id, accountId, clientId });
        return say(
          io,
          given,
          { grant_id: id, account_id: accountId, client_id: clientId, lineages_ended: alive.length },
          `Ended grant ${id} of ${clientId}, and ${alive.length} devices under it.\n`,
        );
      });
  },
};
