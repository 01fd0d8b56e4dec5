import { nearest } from "../config/fault.ts";
import type { Command, Io } from "./command.ts";
import { endOfOwn, Given } from "./given.ts";
import { helpOf, overview } from "./help.ts";
import { allCommands, commands } from "./index.ts";
import { sentenceOf } from "./sentence.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/** The command line: finds the command, turns what it throws into sentences and an exit status. */
export async function main(args: readonly string[]): Promise<void> {
  // `valetkey trace | head` closes our output early, which is nobody's mistake.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
  const io: Io = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    folder: process.cwd(),
    stdin: process.stdin,
    isTerminal: process.stdout.isTTY === true,
    now: () => Math.floor(Date.now() / 1000),
  };
  process.exitCode = await run(args, io);
}

/** @returns 0 when done, 1 when it failed, 2 when the arguments or the configuration are wrong */
export async function run(args: readonly string[], io: Io): Promise<number> {
  // Whoever types nothing wants to see it work: the demonstration, on loopback.
  const typed =
    args.length === 0 ? ["start", "--demo"] : args[0] === "help" ? [...args.slice(1), "--help"] : args;
  const [first = "", second = ""] = typed;
  if (first === "--version" || first === "-v") {
    io.out(`${version}\n`);
    return 0;
  }
  if (first === "--help" || first === "-h") {
    io.out(overview(await allCommands()));
    return 0;
  }
  const listed = commands.find(({ name }) => name === first || name === `${first} ${second}`);
  if (!listed) return await unknownCommand(first, second, io);
  const command = await listed.load();
  const rest = typed.slice(command.name.split(" ").length);
  const own = rest.slice(0, endOfOwn(command, rest));
  if (own.includes("--help") || own.includes("-h")) {
    io.out(helpOf(command));
    return 0;
  }
  return await attempt(command, rest, io);
}

async function attempt(command: Command, args: readonly string[], io: Io): Promise<number> {
  try {
    const given = new Given(command, args);
    const work = await command.read(given, io);
    given.requireFaultless();
    return await work(io);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) {
      io.err(`${sentenceOf(thrown)}\n`);
      return 1;
    }
    io.err(`${thrown.faults.join("\n")}\n\nvaletkey ${command.name} --help says more.\n`);
    return 2;
  }
}

async function unknownCommand(first: string, second: string, io: Io): Promise<number> {
  const noun = commands.some(({ name }) => name.startsWith(`${first} `)) ? first : undefined;
  if (noun !== undefined && (second === "" || second === "--help" || second === "-h")) {
    const list = overview(await allCommands(), noun);
    if (second !== "") io.out(list);
    else io.err(list);
    return second === "" ? 2 : 0;
  }
  const typed = noun === undefined ? first : second;
  const names = commands.flatMap(({ name }) => {
    const [one = "", two = ""] = name.split(" ");
    return noun === undefined ? [one] : noun === one ? [two] : [];
  });
  const meant = nearest(typed, [...new Set(names)]);
  const prefix = noun === undefined ? "valetkey" : `valetkey ${noun}`;
  const hint = meant === undefined ? "" : ` Is ${prefix} ${meant} meant?`;
  io.err(
    `There is no command ${prefix} ${JSON.stringify(typed).slice(1, -1)}.${hint}\n\n${overview(await allCommands(), noun)}`,
  );
  return 2;
}
