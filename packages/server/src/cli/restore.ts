import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { KeyRingError } from "../adapters/keys/ring.ts";
import { loadRing } from "../adapters/keys/ring-file.ts";
import type { Restored } from "../backup/restore.ts";
import { type ChosenStore, chosenStore, isEmbedded, storeOptions } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { byWhom, jsonOption, say } from "./output.ts";
import { columnsOf } from "./table.ts";
import { isoMoment } from "./wording.ts";

export const restoreCommand: Command = {
  name: "restore",
  summary: "Put a backup in the place of the embedded database; the server must be stopped",
  operand: { name: "FILE", says: "a copy that valetkey backup made", example: "valetkey-2026-11-22.backup" },
  options: { ...jsonOption, ...storeOptions },
  notes: [
    "It refuses while a server or a command has the database open, without the keys that the backup needs, and a backup of a newer Valetkey. Until its last step nothing is changed.",
    "The replaced database stays beside the new one as .before-restore. While it can be read, what was revoked, ended, disabled, removed or replaced in it since the backup stays so: lineages, grants, clients, accounts, roles, passwords, secrets. Where it cannot be read, the command says what cannot be known. To take nothing over, move the present database away first.",
    "Sessions, logins under way and unspent codes of the time of the backup are dropped: people sign in again, agents go on.",
  ],
  examples: ["restore valetkey-2026-11-22.backup"],
  async read(given, io) {
    const file = resolve(io.folder, given.operand);
    if (given.operand !== "" && !(existsSync(file) && statSync(file).isFile()))
      given.refuseOperand("is no file");
    const choice = await chosenStore(given, io);
    if (choice.location !== "" && !isEmbedded(choice))
      given.refuseAll([
        "The store is PostgreSQL, which has its own tools: pg_restore, or point-in-time recovery.",
      ]);
    if (file === choice.location) given.refuseOperand("is the server's database itself");
    return async (io) => {
      if (choice.implied !== undefined) io.err(`${choice.implied}\n`);
      const { restoreStore } = await import("../backup/restore.ts");
      const { location } = choice;
      const now = io.now();
      const ring = (needed: readonly string[]) => ringOf(choice, needed);
      const restored = await restoreStore({ file, location, ring, now, by: byWhom(io) });
      return say(io, given, factsOf(restored, now), textOf(restored, location));
    };
  },
};

async function ringOf({ ring }: ChosenStore, needed: readonly string[]) {
  try {
    return await loadRing({ ...ring, create: false });
  } catch (thrown) {
    if (!(thrown instanceof KeyRingError) || needed.length === 0) throw thrown;
    throw new KeyRingError(`${thrown.message} The backup needs the keys ${needed.join(", ")}.`);
  }
}

function factsOf({ madeAt, keys, replaced, carried }: Restored, now: number) {
  return {
    made_at: madeAt === undefined ? null : isoMoment(madeAt),
    restored_at: isoMoment(now),
    keys,
    replaced,
    carried: typeof carried === "string" ? null : carried,
    unknown: typeof carried === "string" ? carried : null,
  };
}

const why = {
  "no-database": "There was no database in its place",
  unreadable: "The replaced database cannot be read",
  "another-store": "The replaced database was another server's",
} as const;

function textOf({ madeAt, replaced, carried }: Restored, location: string): string {
  const when = madeAt === undefined ? "an unknown time" : isoMoment(madeAt);
  const kept = replaced === null ? "" : ` The replaced one is ${replaced}.`;
  const head = `${location} is now the backup of ${when}.${kept}\n`;
  const tail = "People sign in again; agents go on with the refresh tokens that they have.\n";
  if (typeof carried === "string") {
    return `${head}
${why[carried]}, so that nobody can tell what was ended since then. Know that
- refresh tokens, grants, clients, accounts, roles, passwords, addresses, passkeys, second factors and client secrets that were ended or replaced since then work again;
- an old refresh token that was replaced since then works until the present one of its device is used;
- grants, clients and accounts made since then are gone.
End again what must not live: valetkey grants end, client remove, account disable, account set-password, client rotate-secret.
${tail}`;
  }
  const counts = Object.entries(carried).map(([name, count]) => [
    `  ${name.replaceAll("_", " ")}`,
    String(count),
  ]);
  return `${head}
Taken over from the replaced database, so that what was dead stays dead:
${columnsOf(counts)}
Not taken over: grants, clients and accounts made since then are gone; resources, redirect URIs and settings of clients are those of the backup.
${tail}`;
}
