import type { TraceStep } from "../../records/trace-step.ts";

/**
 * A step that says what the same caller's step before it said becomes one with it, which says how often: a job that asks
 * for a token all day must not push the handshakes of people out of the trace. Different steps keep their order.
 */
export function merged(steps: readonly TraceStep[]): TraceStep[] {
  const told: { step: TraceStep; readonly key: string; times: number }[] = [];
  const lastOf = new Map<string, (typeof told)[number]>();
  for (const step of steps) {
    const { at: _, ...rest } = step;
    const key = JSON.stringify(rest);
    const caller = `${step.clientId ?? ""} ${step.address}`;
    const before = lastOf.get(caller);
    if (before?.key === key) {
      before.times += 1;
      before.step = step;
      continue;
    }
    const entry = { step, key, times: 1 };
    lastOf.set(caller, entry);
    told.push(entry);
  }
  return told.map(({ step, times }) =>
    times === 1 ? step : { ...step, says: `${step.says} (${times} times)`.trim() },
  );
}
