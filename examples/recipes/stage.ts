import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";

/** What a recipe plays on: the demonstration, its command line, Ada at a browser, and the programs of the recipe. */
export interface Stage {
  readonly issuer: string;
  /** The API of the demonstration; `GET /v1/models` needs `inference:read`. */
  readonly apiUrl: string;
  /** A folder that goes with the stage. */
  readonly folder: string;
  /** Runs `valetkey ARGS` at the demonstration. @returns what it printed as JSON */
  valetkey(...args: readonly string[]): Promise<Printed>;
  /** Puts `valetkey protect ARGS` in front of something. @returns what it printed as JSON */
  protect(...args: readonly string[]): Promise<Printed>;
  /** Ada signs in and allows what the page offers. @returns where her browser is sent then, not opened */
  approve(authorizationUrl: string): Promise<URL>;
  /** Starts a program that prints a line when it is ready. */
  start(command: string, args: readonly string[], options: ProgramOptions): Promise<Program>;
}

type Printed = Readonly<Record<string, unknown>>;

interface Program {
  /** What it said when it was ready. */
  readonly line: string;
  end(): Promise<void>;
}

interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The line that says that it is ready (default: the first). */
  readonly ready?: RegExp;
}

const program = fileURLToPath(new URL("../../packages/server/bin/valetkey.js", import.meta.url));
const own = ["--conditions=valetkey-source", program] as const;

/** A demonstration that runs already, as the tests hand it to every recipe of a run. */
export interface Standing {
  readonly facts: Facts;
  /** Its folder. */
  readonly data: string;
}

interface Facts {
  readonly issuer: string;
  readonly api_url: string;
  readonly accounts: readonly { readonly email: string; readonly password: string }[];
}

/** Plays a recipe, at a demonstration of its own unless RECIPE_DEMONSTRATION says which; whatever it started is ended, however it goes. */
export async function onStage(play: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-recipe-"));
  const standing = process.env.RECIPE_DEMONSTRATION;
  const started: ChildProcess[] = [];
  // However this process ends, nothing that it started outlives it.
  process.once("exit", () => {
    for (const child of started) child.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

  async function start(
    command: string,
    args: readonly string[],
    { cwd, env = {}, ready = /./ }: ProgramOptions,
  ): Promise<Program> {
    const child = spawn(command, args, {
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    started.push(child);
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    await Promise.race([once(child, "spawn"), once(child, "error").then(([error]) => Promise.reject(error))]);
    const lines = createInterface(child.stdout);
    const line = await new Promise<string>((resolve, reject) => {
      lines.on("line", (line) => {
        said += `${line}\n`;
        if (ready.test(line)) resolve(line);
      });
      child.once("exit", (code) => reject(new Error(`${command} ended with ${code}:\n${said}`)));
    });
    return { line, end: () => ended(child) };
  }

  async function demonstration(): Promise<Standing> {
    const data = join(folder, "data");
    const options = ["start", "--demo", "--port", "0", "--data", data, "--json"];
    return { data, facts: JSON.parse((await start(process.execPath, [...own, ...options], {})).line) };
  }

  try {
    const { facts, data } = standing ? (JSON.parse(standing) as Standing) : await demonstration();
    await play({
      issuer: facts.issuer,
      apiUrl: facts.api_url,
      folder,
      start,
      async valetkey(...args) {
        const { stdout } = await promisify(execFile)(process.execPath, [
          ...own,
          ...args,
          "--data",
          data,
          "--json",
        ]);
        return JSON.parse(stdout);
      },
      async protect(...args) {
        const options = ["protect", "--issuer", facts.issuer, "--listen", "127.0.0.1:0", "--json", ...args];
        return JSON.parse((await start(process.execPath, [...own, ...options], {})).line);
      },
      async approve(authorizationUrl) {
        const fetchHere = (input: string | URL | Request, init?: RequestInit) =>
          fetch(input, { ...init, redirect: "manual" });
        const [ada] = facts.accounts;
        assert.ok(ada);
        return await new ABrowser({ issuer: facts.issuer, fetchHere }).approve(authorizationUrl, ada);
      },
    });
  } finally {
    for (const child of started.reverse()) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await exit;
  clearTimeout(late);
}

/** A loopback port that was free a moment ago: a resource's URL must be known before it starts. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A step, told when it held. */
export function say(sentence: string): void {
  console.log(`- ${sentence}`);
}

/** What was answered, in two words: for assertions that name a request and its answer. */
export async function answered(response: Response | Promise<Response>): Promise<readonly [number, string]> {
  const { status, headers } = await response;
  const error = /error="(\w+)"/.exec(headers.get("www-authenticate") ?? "")?.[1];
  assert.ok(status < 500, `The answer is ${status}.`);
  return [status, error ?? ""];
}
