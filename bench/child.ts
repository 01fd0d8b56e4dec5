import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

export interface ChildOptions {
  /** A file of bench/, and what it is given. */
  readonly file: string;
  readonly args?: readonly string[];
  /** The core it stays on; undefined: wherever the system puts it. */
  readonly core: number | undefined;
  /** Where its standard error goes; every server of this field logs. */
  readonly log: string;
  readonly nodeOptions?: readonly string[];
}

/** A process of ours, pinned, that answers calls. */
export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  #calls = 0;

  private constructor(process: ChildProcess, log: string) {
    this.#process = process;
    process.on("message", ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
      const caller = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) caller?.resolve(value);
      else caller?.reject(new Error(error));
    });
    process.on("exit", (status, signal) => {
      const ended = new Error(`The process ended (${signal ?? status}): ${lastWords(log)}`);
      for (const { reject } of this.#waiting.values()) reject(ended);
      this.#waiting.clear();
    });
  }

  /** Resolves when the child answers calls. */
  static async start({ file, args = [], core, log, nodeOptions = [] }: ChildOptions): Promise<Child> {
    const node = [process.execPath, "--conditions=valetkey-source", "--no-warnings", ...nodeOptions];
    const command = [...(core === undefined ? [] : ["taskset", "-c", String(core)]), ...node];
    const [program = "", ...rest] = [...command, join(here, file), ...args];
    const out = openSync(log, "a");
    const child = new Child(
      spawn(program, rest, {
        stdio: ["ignore", out, out, "ipc"],
        serialization: "advanced",
        env: { ...process.env, NODE_ENV: "production" },
      }),
      log,
    );
    closeSync(out);
    await new Promise((resolve, reject) => child.#waiting.set(0, { resolve, reject }));
    return child;
  }

  call<T>(name: string, given?: unknown): Promise<T> {
    const id = ++this.#calls;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#process.send({ id, name, given });
    });
  }

  /** The child ends when its channel closes; one that does not is ended by its id. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.disconnect();
    const impatient = setTimeout(() => this.#process.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(impatient);
  }
}

/** What a process that ended wrote last. */
function lastWords(log: string): string {
  return readFileSync(log, "utf8").slice(-500).trim();
}

/** Whether this machine lets a process be kept on one core. */
export function canPin(): boolean {
  try {
    execFileSync("taskset", ["-c", "0", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
