import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../../testing/clean-environment.ts";

const binary = fileURLToPath(new URL("../../../bin/valetkey.js", import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  /** What is piped in. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the file leaves behind, taken away when all its tests are done; the newest first. */
const leftovers: (() => Promise<void>)[] = [];
after(async () => {
  for (const takeAway of leftovers.toReversed()) await takeAway();
});

/** An empty folder that is gone after the file's tests. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-cli-"));
  leftovers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the real binary to its end. */
export async function valetkey(
  folder: string,
  args: readonly string[],
  { input = "", env = {} }: ProcessOptions = {},
): Promise<Ended> {
  const child = launched(folder, args, env);
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
  return await ended(child);
}

// biome-ignore lint/suspicious/noExplicitAny: what a program under test printed, whose form the tests judge
export type Judged = any; // what a program under test printed: a type would claim the form that the tests are to judge

/** Runs the real binary and reads its one line of JSON. */
export async function facts(
  folder: string,
  args: readonly string[],
  options?: ProcessOptions,
): Promise<Judged> {
  const { status, stdout, stderr } = await valetkey(folder, [...args, "--json"], options);
  assert.equal(status, 0, `valetkey ${args.join(" ")}: ${stderr}`);
  assert.match(stdout, /^[^\n]*\n$/, "one line");
  return JSON.parse(stdout);
}

/** Runs the real binary without waiting for anything. */
export function running(folder: string, args: readonly string[], { env = {} }: ProcessOptions = {}) {
  const child = launched(folder, args, env);
  const end = ended(child);
  leftovers.push(async () => {
    child.kill("SIGKILL");
    await end;
  });
  let text = "";
  child.stdout?.on("data", (chunk: string) => {
    text += chunk;
  });
  let told = "";
  child.stderr?.on("data", (chunk: string) => {
    told += chunk;
  });
  /** Until the process wrote `part`; a minute at most, since the machine may be busy. */
  const until = async (read: () => string, part: RegExp) => {
    for (let wait = 0; wait < 3_000 && !part.test(read()); wait++) await pause(20);
  };
  return {
    stdout: () => text,
    stderr: () => told,
    untilOut: (part: RegExp) => until(() => text, part),
    /** @param from leaves out so many characters: what was there before */
    untilErr: (part: RegExp, from = 0) => until(() => told.slice(from), part),
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    stop: async (signal: NodeJS.Signals) => {
      child.kill(signal);
      return await end;
    },
  };
}

/** A person of the demonstration. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

/** What a server says once it listens; which of it is there depends on how it was started, and the tests judge that. */
export interface Ready {
  readonly issuer: string;
  readonly ready_ms: number;
  readonly set_up_link: string;
  readonly mcp_url: string;
  readonly api_url: string;
  readonly accounts: readonly [DemoAccount, ...DemoAccount[]];
  readonly workers?: number;
}

export interface RunningProcess {
  readonly ready: Ready;
  readonly child: ChildProcess;
  /** Everything on standard output so far. */
  stdout(): string;
  /** Sends SIGTERM and waits. */
  stop(): Promise<Ended>;
}

/** Starts the real binary and waits for the line that says that it is ready. */
export async function started(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProcess> {
  const child = launched(folder, ["start", "--json", ...args], env);
  return await readied(child, () => child.kill("SIGKILL"));
}

/** The same as npm starts it: behind a shell, which ends by SIGTERM without passing it on. */
export async function startedBehindAShell(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  const server = [process.execPath, "--conditions=valetkey-source", binary, "start", "--json", ...args];
  // The second command keeps the shell from becoming the server.
  const shell = spawn("/bin/sh", ["-c", '"$@"; exit', "sh", ...server], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...env },
    detached: true,
  });
  shell.stdout.setEncoding("utf8");
  shell.stderr.setEncoding("utf8");
  // Both, should the server have outlived its shell.
  return await readied(shell, () => {
    try {
      process.kill(-(shell.pid ?? 0), "SIGKILL");
    } catch {
      // Nobody is left.
    }
  });
}

async function readied(child: ChildProcess, kill: () => void): Promise<RunningProcess> {
  const end = ended(child);
  leftovers.push(async () => {
    kill();
    await end;
  });
  let text = "";
  const line = new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve(text);
    });
    void end.then(({ stderr }) => reject(new Error(`valetkey start ended: ${stderr}`)));
  });
  return {
    ready: JSON.parse(await line),
    child,
    stdout: () => text,
    stop: async () => {
      child.kill("SIGTERM");
      return await end;
    },
  };
}

function launched(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const child = spawn(process.execPath, ["--conditions=valetkey-source", binary, ...args], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdout?.setEncoding("utf8");
  child.stderr?.setEncoding("utf8");
  return child;
}

function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}
