import type { AuditEvent } from "../records/audit-event.ts";
import type { TraceStep } from "../records/trace-step.ts";

/** What the operator may read later. Both calls return at once; writing happens behind them. */
export interface AuditLog {
  record(event: AuditEvent): void;
  trace(step: TraceStep): void;
  /** An error that nobody foresaw: to the log, with its stack. */
  failed(error: unknown, where: string): void;
  /** Resolves when everything recorded so far is written. */
  flush(): Promise<void>;
}
