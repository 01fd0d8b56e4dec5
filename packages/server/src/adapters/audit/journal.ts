import type { Logger } from "pino";
import type { AuditLog } from "../../ports/audit-log.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JournalStore } from "../../ports/store.ts";
import type { AuditEvent } from "../../records/audit-event.ts";
import type { TraceStep } from "../../records/trace-step.ts";
import { merged } from "./merged.ts";
import { scrubbed } from "./scrub.ts";
import { WaitingLine } from "./waiting-line.ts";

export interface JournalOptions {
  readonly store: { readonly journal: JournalStore };
  readonly log: Logger;
  readonly clock: Clock;
  /** How many trace steps the store keeps; up to a tenth more stand between two trims. */
  readonly trace: { readonly keep: number };
  /** Milliseconds between a record and the write of its batch; 200 by default. */
  readonly delay?: number;
  /** Records that make a batch before its time; 200 by default. */
  readonly batch?: number;
  /** Events, and as many steps, that may wait while the store does not answer; 10 000 by default. */
  readonly most?: number;
}

/**
 * The audit log of a node: everything goes to the log at once and to the store in batches. While the store fails, records
 * wait for the next try, and what no longer fits is counted and said. Of a killed process the records of its last delay
 * are in the log only, and those of its last ten milliseconds nowhere (`gathered-lines.ts`).
 */
export class Journal implements AuditLog {
  readonly #options: Required<JournalOptions>;
  readonly #events: WaitingLine<AuditEvent>;
  readonly #steps: WaitingLine<TraceStep>;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  /** Steps that the store took since its last trim; a start trims first. */
  #untrimmed = Number.POSITIVE_INFINITY;
  /** Set by a failed write: the next try waits for the timer, however much comes in. */
  #failing = false;
  #closed = false;

  constructor(options: JournalOptions) {
    this.#options = { delay: 200, batch: 200, most: 10_000, ...options };
    this.#events = new WaitingLine(this.#options.most);
    this.#steps = new WaitingLine(this.#options.most);
  }

  record(event: AuditEvent): void {
    const clean = scrubbed(event);
    this.#options.log.info({ event: clean }, clean.what);
    this.#events.add(clean);
    this.#schedule();
  }

  trace(step: TraceStep): void {
    const clean = scrubbed(step);
    this.#options.log[levels[clean.outcome]]({ step: clean }, `${clean.step} ${clean.outcome}`);
    this.#steps.add(clean);
    this.#schedule();
  }

  failed(error: unknown, where: string): void {
    this.#options.log.error({ err: error, where }, "unforeseen error");
  }

  /** Rejects when the store does not take them; what it did not take waits on. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing.catch(() => {});
    while (this.#waiting > 0) await this.#write();
  }

  /** Writes what waits, once, and stops; what comes later goes to the log only. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    try {
      await this.flush();
    } catch {
      this.#options.log.error({ lost: this.#waiting }, "the last audit records could not be stored");
    }
    await new Promise<void>((resolve) => this.#options.log.flush(() => resolve()));
  }

  get #waiting(): number {
    return this.#events.length + this.#steps.length;
  }

  #schedule(): void {
    if (this.#closed || this.#writing) return;
    if (this.#waiting >= this.#options.batch && !this.#failing) this.#writeBehind();
    // The timer keeps no process alive: `close` writes what waits.
    else this.#timer ??= setTimeout(() => this.#writeBehind(), this.#options.delay).unref();
  }

  #writeBehind(): void {
    this.#write().catch(() => {});
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#append().finally(() => {
      this.#writing = undefined;
      if (this.#waiting > 0) this.#schedule();
    });
    return this.#writing;
  }

  async #append(): Promise<void> {
    const { store, log, batch } = this.#options;
    const events = this.#events.first(batch);
    const steps = this.#steps.first(batch);
    try {
      await store.journal.append(events, merged(steps));
    } catch (error) {
      if (!this.#failing)
        log.error({ err: error, waiting: this.#waiting }, "the audit log cannot be stored; trying again");
      this.#failing = true;
      throw error;
    }
    this.#events.served(events.length);
    this.#steps.served(steps.length);
    this.#untrimmed += steps.length;
    if (this.#failing) log.info({ waiting: this.#waiting }, "the audit log is stored again");
    this.#failing = false;
    this.#sayWhatWasLost();
    await this.#trim();
  }

  #sayWhatWasLost(): void {
    const events = this.#events.takeTurnedAway();
    const steps = this.#steps.takeTurnedAway();
    if (events + steps === 0) return;
    this.record({
      at: this.#options.clock.now(),
      what: "journal.overflowed",
      detail: `${events} events and ${steps} trace steps came while the store did not answer and are in the log only.`,
    });
  }

  /** A trim that fails is tried again after the next batch; the records themselves are safe. */
  async #trim(): Promise<void> {
    const { store, log, trace } = this.#options;
    if (this.#untrimmed < Math.max(1, trace.keep / 10)) return;
    try {
      await store.journal.trimSteps(trace.keep);
      this.#untrimmed = 0;
    } catch (error) {
      log.warn({ err: error }, "old trace steps cannot be removed; trying again");
    }
  }
}

const levels = { done: "debug", refused: "info", failed: "error" } as const;
