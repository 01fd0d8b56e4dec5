import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Caller } from "./ask.ts";
import type { PlanOptions } from "./plan.ts";

/** A server in a process of its own. */
export interface ANode {
  readonly port: number;
  readonly caller: Caller;
  /** What it wrote to standard error so far. */
  log(): string;
  /** SIGKILL: no handler runs, nothing is written any more. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Lets it drain. @returns the exit status */
  stop(): Promise<number | null>;
}

const program = fileURLToPath(new URL("node-process.ts", import.meta.url));

/** Starts a process; it ends with its standard input, so that none outlives the test that started it. */
export async function aNode(options: PlanOptions): Promise<ANode> {
  const child = spawn(
    process.execPath,
    [
      "--conditions=valetkey-source",
      "--disable-warning=ExperimentalWarning",
      program,
      JSON.stringify(options),
    ],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    log += part;
  });
  child.stdin.on("error", () => {}); // a killed process reads nothing any more
  const gone = once(child, "close").then(([code]) => code as number | null);
  const port = await portOf(child, () => log);
  const caller = new Caller(port);
  return {
    port,
    caller,
    log: () => log,
    async kill() {
      child.kill("SIGKILL");
      await gone;
      caller.close();
    },
    async stop() {
      child.stdin.end();
      caller.close();
      return await gone;
    },
  };
}

async function portOf(child: ChildProcess, log: () => string): Promise<number> {
  let said = "";
  for await (const part of child.stdout ?? []) {
    said += part;
    if (said.includes("\n")) return Number(JSON.parse(said).port);
  }
  throw new Error(`The server did not start: ${log()}`);
}
