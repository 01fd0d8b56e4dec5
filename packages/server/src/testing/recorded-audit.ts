import type { AuditLog } from "../ports/audit-log.ts";
import type { AuditEvent } from "../records/audit-event.ts";
import type { TraceStep } from "../records/trace-step.ts";

/** An audit log that a test can read: what was recorded, in order. */
export class RecordedAudit implements AuditLog {
  readonly events: AuditEvent[] = [];
  readonly steps: TraceStep[] = [];
  readonly failures: unknown[] = [];
  readonly #judge: (step: TraceStep) => void;

  /** @param judge throws for a step that should not be */
  constructor(judge: (step: TraceStep) => void = () => {}) {
    this.#judge = judge;
  }

  record(event: AuditEvent): void {
    this.events.push(event);
  }
  trace(step: TraceStep): void {
    this.steps.push(step);
    this.#judge(step);
  }
  failed(error: unknown): void {
    this.failures.push(error);
  }
  async flush(): Promise<void> {}

  /** The private face of the newest refusal. */
  get lastRefusal(): string | undefined {
    return this.steps.findLast((step) => step.outcome === "refused")?.refusal;
  }
  /** Everything recorded, as text: to look for what must not be there. */
  get text(): string {
    return JSON.stringify([this.events, this.steps]);
  }
}
