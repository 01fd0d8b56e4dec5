import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import type { Io } from "../command.ts";
import { run } from "../main.ts";
import type { Ended, Judged } from "./a-process.ts";

export interface InProcess {
  /** What is piped in. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds since 1970; the system's clock when absent. */
  readonly now?: number;
}

/** What `main` does with the arguments, without the half second that a process of its own costs. */
export async function inProcess(
  folder: string,
  args: readonly string[],
  { env = {}, input = "", now }: InProcess = {},
): Promise<Ended> {
  const stdin = Object.assign(new PassThrough(), { isTTY: false }) as unknown as NodeJS.ReadStream;
  stdin.end(input);
  const said = { stdout: "", stderr: "" };
  const io: Io = {
    out: (text) => {
      said.stdout += text;
    },
    err: (text) => {
      said.stderr += text;
    },
    env,
    folder,
    stdin,
    isTerminal: false,
    now: () => now ?? Math.floor(Date.now() / 1000),
  };
  return { status: await run(args, io), ...said };
}

/** Runs a command that must succeed and reads its one line of JSON. */
export async function factsOf(folder: string, args: readonly string[], options?: InProcess): Promise<Judged> {
  const { status, stdout, stderr } = await inProcess(folder, [...args, "--json"], options);
  assert.equal(status, 0, `valetkey ${args.join(" ")}: ${stderr}`);
  assert.match(stdout, /^[^\n]*\n$/, "one line");
  return JSON.parse(stdout);
}
