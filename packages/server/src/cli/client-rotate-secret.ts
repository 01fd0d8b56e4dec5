import { changeClient } from "../operations/change-client.ts";
import { hasSharedSecret, rotateSecret } from "../operations/rotate-secret.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import { clientFacts } from "./client-facts.ts";
import type { Command } from "./command.ts";
import { secondsOf } from "./duration-option.ts";
import { unknownClient } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";
import { isoMoment, moment } from "./wording.ts";

export const clientRotateSecret: Command = {
  name: "client rotate-secret",
  summary: "Make a new secret; the old one works on for a while",
  operand: { name: "ID", says: "the client_id", example: "nightly-job" },
  options: {
    overlap: {
      value: "DURATION",
      says: "How long the old secret still works; 0s ends it at once (default: lifetimes.client_secret_overlap)",
      example: "24h",
    },
    ...jsonOption,
    ...storeOptions,
  },
  examples: ["client rotate-secret nightly-job", "client rotate-secret nightly-job --overlap 0s"],
  async read(given, io) {
    const overlap = secondsOf(given, "overlap");
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store, secretOverlap }) => {
        const rotated = await changeClient(store.clients, given.operand, (before) => {
          if (!hasSharedSecret(before))
            throw new UsageError([
              `ID ${before.id}: has no secret; it authenticates by ${before.authMethods.join(", ")}`,
            ]);
          return rotateSecret(before, overlap ?? secretOverlap, io.now());
        });
        if (!rotated) throw await unknownClient(store, given);
        const { client, secret, oldUntil } = rotated;
        await record(store, io, "client.secret-rotated", { clientId: client.id });
        const facts = {
          ...clientFacts(client),
          client_secret: secret,
          old_secret_expires_at: oldUntil === null ? null : isoMoment(oldUntil),
        };
        const old =
          oldUntil === null
            ? "The old secret works no longer."
            : `The old secret works until ${moment(oldUntil)}.`;
        return say(
          io,
          given,
          facts,
          `Client secret  ${secret}\nIt is shown this once; the server keeps only its hash.\n${old}\n`,
        );
      });
  },
};
