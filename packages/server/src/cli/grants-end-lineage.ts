import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { idOf } from "./grant-id.ts";
import { endNote } from "./grants-end.ts";
import { jsonOption, record, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";
import { isoMoment, moment } from "./wording.ts";

export const grantsEndLineage: Command = {
  name: "grants end-lineage",
  summary: "Sign one device out: end its lineage of refresh tokens; the grant and its other devices stay",
  operand: { name: "ID", says: "the lineage's number, from valetkey grants show", example: "4711" },
  options: { ...jsonOption, ...storeOptions },
  notes: [endNote],
  examples: ["grants end-lineage 4711"],
  async read(given, io) {
    const id = idOf(given);
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const lineage = await store.lineages.find(id);
        if (!lineage)
          throw new UsageError([
            `There is no lineage ${id}. valetkey grants show ID lists those of a grant.`,
          ]);
        const at = io.now();
        if (!(await store.lineages.end(id, "revoked", at))) {
          const before = await store.lineages.find(id);
          throw new UsageError([
            `Lineage ${id} ended already, ${moment(before?.endedAt ?? null)}: ${before?.endReason ?? "it is gone"}.`,
          ]);
        }
        const { grantId, accountId, clientId } = lineage;
        await record(store, io, "lineage.revoked", { lineageId: id, grantId, accountId, clientId });
        return say(
          io,
          given,
          {
            lineage_id: id,
            grant_id: grantId,
            account_id: accountId,
            client_id: clientId,
            ended_at: isoMoment(at),
          },
          `Ended lineage ${id}; grant ${grantId} of ${clientId} stays.\n`,
        );
      });
  },
};
