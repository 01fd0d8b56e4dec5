import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import type { Load, LoadResult } from "../recipe.ts";
import { type Answer, Connection } from "./connection.ts";
import { requireExpected } from "./expectation.ts";
import { requestWriter } from "./request-writer.ts";
import { Values } from "./values.ts";

/** Every status is looked at; every so manieth answer is read and judged whole. */
const sampleEvery = 32;

/** Loads one server with one recipe over keep-alive connections. @throws on the first answer that is wrong */
export async function generate(load: Load): Promise<LoadResult> {
  const run = new Run(load);
  try {
    if (load.rate === undefined) await run.flatOut();
    else await run.atRate(load.rate);
    return run.result();
  } finally {
    run.close();
  }
}

class Run {
  readonly #load: Load;
  readonly #write: (value: string) => string;
  readonly #values: Values;
  readonly #all: readonly Connection[];
  readonly #idle: Connection[];
  readonly #latencies: number[] = [];
  readonly #began = performance.now();
  #lastAnswer = this.#began;
  #underway = 0;
  #checked = 0;
  #failure: Error | undefined;

  constructor(load: Load) {
    this.#load = load;
    this.#write = requestWriter(load.recipe, load.port);
    this.#values = new Values(load.recipe);
    this.#all = Array.from({ length: load.connections }, () => new Connection(load.port));
    this.#idle = [...this.#all];
  }

  /** Each connection asks again as soon as it is answered. */
  async flatOut(): Promise<void> {
    for (const connection of this.#idle.splice(0))
      if (!this.#isOver) this.#send(connection, performance.now());
    while (this.#underway > 0) await pause(2);
  }

  /** Requests are due at fixed times; one that finds no connection free waits, and its wait counts. */
  async atRate(rate: number): Promise<void> {
    for (let sent = 0; !this.#isOver; await turn()) {
      const due = this.#began + (sent * 1000) / rate;
      const connection = due <= performance.now() ? this.#idle.pop() : undefined;
      if (!connection) continue;
      this.#send(connection, due);
      sent++;
    }
    while (this.#underway > 0) await turn();
  }

  result(): LoadResult {
    if (this.#failure) throw this.#failure;
    const sorted = Float64Array.from(this.#latencies).sort();
    return {
      operations: sorted.length,
      seconds: (this.#lastAnswer - this.#began) / 1000,
      p50: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      checked: this.#checked,
      values: this.#values.left,
    };
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  get #isOver(): boolean {
    const isLate = performance.now() >= this.#began + this.#load.seconds * 1000;
    return this.#failure !== undefined || isLate || this.#values.areSpent;
  }

  #send(connection: Connection, due: number): void {
    const place = this.#values.take();
    this.#underway++;
    connection.send(
      this.#write(this.#values.at(place)),
      (answer) => this.#settled(connection, answer, place, due),
      (error) => this.#failed(error),
    );
  }

  #settled(connection: Connection, answer: Answer, place: number, due: number): void {
    this.#lastAnswer = performance.now();
    this.#latencies.push(this.#lastAnswer - due);
    try {
      this.#judge(answer, place);
    } catch (thrown) {
      this.#failed(thrown as Error);
      return;
    }
    this.#underway--;
    if (this.#load.rate === undefined && !this.#isOver) this.#send(connection, performance.now());
    else this.#idle.push(connection);
  }

  #judge(answer: Answer, place: number): void {
    const { use, expects } = this.#load.recipe;
    const isSample = answer.status !== 200 || this.#latencies.length % sampleEvery === 1;
    if (isSample || use === "rotating") {
      requireExpected(expects, answer, this.#values.at(place));
      this.#checked++;
    }
    if (use === "rotating") {
      const { refresh_token } = JSON.parse(answer.body) as { readonly refresh_token: string };
      this.#values.rotate(place, refresh_token);
    }
  }

  #failed(error: Error): void {
    this.#underway--;
    this.#failure ??= error;
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
