import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { chosenStore, isEmbedded, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import type { Given } from "./given.ts";
import { jsonOption, record, say } from "./output.ts";
import { isoMoment } from "./wording.ts";

export const backupCommand: Command = {
  name: "backup",
  summary: "Copy the embedded database into a file while the server runs; the keys are not in it",
  operand: { name: "FILE", says: "where the copy goes", example: "valetkey-2026-11-22.backup" },
  options: {
    force: { says: "Replace the file when it stands there" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "The copy is the database as it was at one moment. It holds password hashes and the secrets of lineages: it is made for its owner's eyes only (mode 0600), keep it so.",
    "The server's keys (key_file, or VALETKEY_KEYS) are not in it, on purpose: keep a copy of them apart. The copy names the keys that it needs, and valetkey restore refuses without them.",
    "PostgreSQL has its own tools: pg_dump, or continuous archiving.",
  ],
  examples: ["backup valetkey-2026-11-22.backup", "backup /var/backups/valetkey.backup --force --json"],
  async read(given, io) {
    const file = resolve(io.folder, given.operand);
    if (given.operand !== "") requirePlace(file, given);
    const choice = await chosenStore(given, io);
    if (choice.location !== "" && !isEmbedded(choice))
      given.refuseAll([
        "The store is PostgreSQL, which has its own tools: pg_dump, or continuous archiving.",
      ]);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const { copyStore } = await import("../backup/copy.ts");
        const { location } = choice;
        const copied = await copyStore(store, {
          location,
          file,
          mayReplace: given.has("force"),
          now: io.now(),
        });
        await record(store, io, "store.backed-up", { detail: file });
        const { madeAt, keys, size } = copied;
        const needs = keys.length === 0 ? "no key yet" : `the keys ${keys.join(", ")}`;
        return say(
          io,
          given,
          { file, made_at: isoMoment(madeAt), bytes: size, keys },
          `Copied the database to ${file} (${size} bytes).\nThe keys are not in it. It needs ${needs} of ${keysPlace(choice.ring)}: keep a copy of them apart.\n`,
        );
      });
  },
};

function requirePlace(file: string, given: Given): void {
  if (!existsSync(dirname(file))) given.refuseOperand("is in a folder that does not exist");
  else if (existsSync(file) && statSync(file).isDirectory()) given.refuseOperand("is a folder");
  else if (existsSync(file) && !given.has("force"))
    given.refuseOperand("stands there already; --force replaces it");
}

function keysPlace({ file, text }: { readonly file: string; readonly text?: string | undefined }): string {
  return text === undefined || text === "" ? file : "VALETKEY_KEYS";
}
