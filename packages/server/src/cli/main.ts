import { type Command, type Io, UsageError } from "./command.ts";
import { commands } from "./index.ts";
import { version } from "./version.ts";

/** The command line: finds the command, turns what it throws into sentences and an exit status. */
export async function main(args: readonly string[]): Promise<void> {
  const io: Io = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
  };
  process.exitCode = await run(args, io);
}

/** @returns 0 when done, 1 when it failed, 2 when the arguments or the configuration are wrong */
export async function run(args: readonly string[], io: Io): Promise<number> {
  // Whoever types nothing wants to see it work: the demonstration, on loopback.
  const [name = "start", ...rest] = args.length === 0 ? ["start", "--demo"] : args;
  if (name === "--version" || name === "-v") {
    io.out(`${version}\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    io.out(overview());
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    io.err(`There is no command ${JSON.stringify(name)}.\n\n${overview()}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(`${command.help}\n`);
    return 0;
  }
  return await attempt(command, rest, io);
}

async function attempt(command: Command, args: readonly string[], io: Io): Promise<number> {
  try {
    return await command.run(args, io);
  } catch (thrown) {
    const faults = faultsOf(thrown);
    io.err(`${faults.lines.join("\n")}\n`);
    if (faults.isUsage) io.err(`\nvaletkey ${command.name} --help says how.\n`);
    return faults.isUsage ? 2 : 1;
  }
}

function faultsOf(thrown: unknown): { lines: readonly string[]; isUsage: boolean } {
  if (thrown instanceof UsageError) return { lines: thrown.faults, isUsage: true };
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = "code" in error ? String(error.code) : "";
  if (code.startsWith("ERR_PARSE_ARGS")) return { lines: [error.message], isUsage: true };
  if (code === "EADDRINUSE") return { lines: [`${error.message}. Choose another port.`], isUsage: false };
  return { lines: [error.message], isUsage: false };
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: valetkey <command> [options]\n\n${rows.join("\n")}\n\nvaletkey <command> --help tells more. Without a command: start --demo.\n`;
}
