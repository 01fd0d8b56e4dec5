import { type ChildProcess, spawn } from "node:child_process";
import { type Message, parseMessage } from "../json-rpc.ts";
import { type Log, printable } from "../log.ts";
import type { Environment } from "./environment.ts";
import { Lines } from "./lines.ts";

export interface ChildCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly folder: string;
  /** Octets of one message in either direction that may stand in memory. */
  readonly longestLine: number;
  /** Milliseconds between closing its input, SIGTERM and SIGKILL. */
  readonly patience: number;
}

export interface Child {
  /** false when it does not read what it was sent: the message is not queued. */
  send(message: Message): boolean;
  /** Closes its input, then insists. Resolves when it is gone. */
  end(): Promise<void>;
}

/** The processes that run now. Whatever ends this one without its close, a second signal say, must not leave them behind. */
const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) kill(child, "SIGKILL");
});

/** How many lines that are no message are told before the rest is kept silent. */
const mostNoise = 20;

/**
 * Starts a stdio MCP server: one JSON-RPC message a line (MCP, stdio transport). No shell reads the command; the process
 * leads a group of its own, so that what it started ends with it.
 * @param onEnd called once, with the reason in words
 */
export function startChild(
  command: ChildCommand,
  log: Log,
  onMessage: (message: Message) => void,
  onEnd: (reason: string) => void,
): Child {
  const { program, args, env, folder, longestLine, patience } = command;
  const child = spawn(program, [...args], {
    cwd: folder,
    env: { ...env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  if (child.pid !== undefined) alive.add(child);
  let fault: string | undefined;
  let noise = 0;
  const gone = new Promise<void>((resolve) => {
    const finish = (reason: string) => {
      resolve();
      onEnd(fault ?? reason);
    };
    child.once("error", (error) => {
      if (child.pid !== undefined) return;
      const { code, message } = error as NodeJS.ErrnoException;
      finish(code === "ENOENT" ? `there is no program ${printable(program)}` : message);
    });
    child.once("exit", () => {
      alive.delete(child);
      kill(child, "SIGKILL");
      // What it wrote last is still read; a descendant that left the group may hold the pipes for ever.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, 1_000).unref();
    });
    child.once("close", (status, signal) => {
      if (child.pid === undefined) return;
      finish(signal === null ? `it ended with status ${status}` : `it was ended by ${signal}`);
    });
  });
  const lines = new Lines(
    longestLine,
    (line) => {
      const message = parseMessage(line);
      if (message !== undefined) return onMessage(message);
      noise++;
      if (noise <= mostNoise) log(`stdout: no JSON-RPC message: ${printable(line, 200)}`);
      if (noise === mostNoise) log("stdout: further lines that are no message are not shown");
    },
    () => {
      fault = `it wrote a line of more than ${longestLine} octets`;
      child.stdout.destroy();
      kill(child, "SIGKILL");
    },
  );
  child.stdout.on("data", (chunk: Buffer) => lines.push(chunk));
  const complaints = new Lines(
    65_536,
    (line) => log(`stderr: ${printable(line)}`),
    () => {
      log("stderr: a line too long to show; the rest is not shown");
    },
  );
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  // A process that ends while we write is told by its exit.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => {});

  return {
    send(message) {
      if (!child.stdin.writable || child.stdin.writableLength > longestLine) return false;
      child.stdin.write(`${JSON.stringify(message)}\n`);
      return true;
    },
    async end() {
      child.stdin.end();
      const insist = [
        setTimeout(() => kill(child, "SIGTERM"), patience),
        setTimeout(() => kill(child, "SIGKILL"), 2 * patience),
      ];
      await gone;
      for (const timer of insist) clearTimeout(timer);
    },
  };
}

/** The whole group: `npx` and the shells that it starts do not pass signals on. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody is left.
  }
}
