import { loadRing } from "../adapters/keys/ring-file.ts";
import { type ChosenStore, chosenStore, isEmbedded, storeOptions } from "./chosen-store.ts";
import type { Command, Io } from "./command.ts";
import type { Given } from "./given.ts";
import { byWhom, jsonOption, say } from "./output.ts";

export const moveCommand: Command = {
  name: "move",
  summary: "Move everything from the embedded database to PostgreSQL; the server must be stopped",
  options: {
    to: {
      value: "URL",
      says: "An empty PostgreSQL database. A password may come from PGPASSWORD or ~/.pgpass instead of the URL",
      example: "postgres://valetkey@db.example.com/valetkey",
    },
    abandon: { says: "Instead: give up a move that is not finished; the embedded database serves again" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "Run valetkey backup first. From the first row on the embedded database is out of service, so that nothing changes behind the copy; when the command is broken off, the same command goes on.",
    "At the end the rows of every table are counted on both sides and a sample is compared field by field; only then the PostgreSQL database serves. Numbers go on where they were. The keys stay as they are: give every node the same key file.",
    "Then set store in the configuration, and start.",
  ],
  examples: ["move --to postgres://valetkey@db.example.com/valetkey", "move --abandon"],
  async read(given, io) {
    const to = targetOf(given);
    const choice = await chosenStore(given, io);
    if (choice.location !== "" && !isEmbedded(choice))
      given.refuseAll(["The store is PostgreSQL already: only an embedded database can be moved."]);
    return async (io) => {
      if (choice.implied !== undefined) io.err(`${choice.implied}\n`);
      return given.has("abandon") ? await abandon(choice, given, io) : await move(choice, to, given, io);
    };
  },
};

function targetOf(given: Given): string {
  if (given.has("abandon")) {
    if (given.has("to")) given.refuse("abandon", "and --to exclude each other");
    return "";
  }
  const to = given.required("to");
  // The value may hold a password: no fault repeats it.
  if (to !== "" && !(/^postgres(ql)?:\/\/./.test(to) && URL.canParse(to)))
    given.refuse("to", "is a postgres:// URL; nothing else can be moved to");
  return to;
}

async function move({ location, ring }: ChosenStore, to: string, given: Given, io: Io): Promise<number> {
  const { moveStore, targetName } = await import("../backup/move.ts");
  const { told } = progressOn(io);
  const keys = await loadRing({ ...ring, create: false });
  const { tables, compared } = await moveStore({
    location,
    to,
    ring: keys,
    now: io.now(),
    by: byWhom(io),
    told,
  });
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  return say(
    io,
    given,
    { to: targetName(to), rows, tables, compared },
    `Moved ${rows} rows to ${targetName(to)}; the counts agree, and ${compared} rows were compared field by field.\n` +
      "Set store in the configuration to that database, keep the key file, and start. The SQLite file is out of service.\n",
  );
}

/** A line for each table that is done, and for a long one every few seconds. */
function progressOn(io: Io) {
  let last = Date.now();
  const told = (table: string, rows: number, of: number, isDone: boolean) => {
    if (!isDone && Date.now() - last < 3_000) return;
    last = Date.now();
    io.err(isDone ? `${table}: ${of} rows\n` : `${table}: ${rows} more of ${of}\n`);
  };
  return { told };
}

async function abandon({ location }: ChosenStore, given: Given, io: Io): Promise<number> {
  const { abandonMove } = await import("../backup/move.ts");
  const to = await abandonMove(location);
  return say(
    io,
    given,
    { abandoned: to },
    `The embedded database serves again. Empty the PostgreSQL database at ${to} before another move.\n`,
  );
}
