import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A program of an example as somebody starts it: a process of its own. */
export class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = "";
  #listeners: (() => void)[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, "close").finally(() => this.#heard(""));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#heard(text));
    }
  }

  static start(file: URL, ...words: readonly string[]): Program {
    return Program.startWith({}, file, ...words);
  }

  /** @param environment beside this process's own */
  static startWith(
    environment: Readonly<Record<string, string>>,
    file: URL,
    ...words: readonly string[]
  ): Program {
    const args = ["--conditions=valetkey-source", fileURLToPath(file), ...words];
    const env = { ...process.env, ...environment };
    return new Program(spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** Everything that it printed so far. */
  get said(): string {
    return this.#said;
  }

  /** Waits until it has printed this. @returns the first group, or else all of it */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#said);
      if (found) return found[1] ?? found[0];
      assert.equal(this.#child.exitCode, null, `It ended without saying ${pattern}:\n${this.#said}`);
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }

  /** Waits until something has happened outside of it. */
  async until(hasHappened: () => boolean): Promise<void> {
    while (!hasHappened()) {
      assert.equal(this.#child.exitCode, null, `It ended before that:\n${this.#said}`);
      await pause(5);
    }
  }

  /** Its exit code, when it ended by itself. */
  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** @returns its exit code, when it ended by itself */
  async stop(signal: "SIGINT" | "SIGTERM" = "SIGTERM"): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    return await this.ended();
  }

  #heard(text: string): void {
    this.#said += text;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}
