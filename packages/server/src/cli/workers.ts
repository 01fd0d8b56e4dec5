import cluster, { type Worker } from "node:cluster";
import { stderrLogger } from "../adapters/audit/logger.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Io } from "./command.ts";
import { type Ready, readyText } from "./ready.ts";
import { stopOnSignal } from "./stop.ts";
import { stopMessage, type WorkerMessage, workerMark } from "./worker-mark.ts";

/** Milliseconds before a worker that ended is replaced: longer each time, until one lived for a while. */
const firstPause = 250;
const longestPause = 30_000;
const longEnough = 60_000;
/** Milliseconds that a worker may take to end: longer than it lets requests under way take. */
const patience = 20_000;

/**
 * `valetkey start --workers N`: N processes that serve on one port; this one only passes connections on, replaces a worker
 * that ended, and ends them all. @returns the exit status, once a signal stopped it or the first start failed
 */
export async function startWorkers(
  count: number,
  config: LoadedConfig,
  isJson: boolean,
  io: Io,
): Promise<number> {
  const supervisor = new Supervisor(config);
  const first = await supervisor.begin(count);
  // The worker said why, on standard error.
  if (first === undefined) return 1;
  const readyMs = Math.round(performance.now());
  io.out(readyText({ ...first, workers: count }, readyMs, config, isJson));
  return await stopOnSignal(supervisor, io, isJson);
}

class Supervisor {
  readonly #warn: (sentence: string) => void;
  readonly #alive = new Map<Worker, number>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  #pause = firstPause;
  #isStopping = false;
  #whenEmpty: (() => void) | undefined;

  constructor(config: LoadedConfig) {
    const log = stderrLogger(config.log.level);
    this.#warn = (sentence) => log.warn(sentence);
  }

  /** The first worker alone migrates and makes keys; the others find them made. undefined when one of them ended. */
  async begin(count: number): Promise<Ready | undefined> {
    const first = await this.#fork(true);
    const others = first && (await Promise.all(Array.from({ length: count - 1 }, () => this.#fork(false))));
    if (others?.every((one) => one !== undefined)) {
      for (const worker of this.#alive.keys()) this.#watch(worker);
      return first;
    }
    await this.close();
    return undefined;
  }

  /** Resolves when every worker finished what was under way and ended. */
  async close(): Promise<void> {
    this.#isStopping = true;
    for (const pause of this.#pauses) clearTimeout(pause);
    for (const worker of this.#alive.keys()) if (worker.isConnected()) worker.send(stopMessage);
    if (this.#alive.size === 0) return;
    const impatient = setTimeout(() => {
      for (const worker of this.#alive.keys()) worker.process.kill("SIGKILL");
    }, patience);
    await new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
    clearTimeout(impatient);
  }

  /** @returns what the worker says when it listens; undefined when it ended before */
  #fork(isFirst: boolean): Promise<Ready | undefined> {
    const worker = cluster.fork({ [workerMark]: isFirst ? "first" : "further" });
    this.#alive.set(worker, Date.now());
    return new Promise((resolve) => {
      worker.on("message", (message: WorkerMessage) => {
        // Told to stop while it was loading, it did not hear it.
        if (this.#isStopping) worker.send(stopMessage);
        resolve(message.ready);
      });
      worker.on("exit", () => {
        this.#alive.delete(worker);
        if (this.#alive.size === 0) this.#whenEmpty?.();
        resolve(undefined);
      });
    });
  }

  #watch(worker: Worker): void {
    const began = this.#alive.get(worker) ?? Date.now();
    worker.on("exit", (status, signal) => {
      if (this.#isStopping) return;
      if (Date.now() - began > longEnough) this.#pause = firstPause;
      const pause = this.#pause;
      this.#pause = Math.min(pause * 2, longestPause);
      const how = signal === null ? `with status ${status}` : `by ${signal}`;
      this.#warn(`A worker ended ${how}; another one starts in ${pause / 1000} s.`);
      const timer = setTimeout(() => {
        this.#pauses.delete(timer);
        void this.#replace();
      }, pause);
      this.#pauses.add(timer);
    });
  }

  async #replace(): Promise<void> {
    const ready = this.#fork(false);
    const worker = [...this.#alive.keys()].at(-1);
    if (worker) this.#watch(worker);
    await ready;
  }
}
