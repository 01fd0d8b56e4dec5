import type { Instant } from "../records/instant.ts";
import type { TraceStep } from "../records/trace-step.ts";

/** What one client did in one go: its steps, in order. */
export interface Handshake {
  /** Null while no step named a client. */
  readonly clientId: string | null;
  readonly began: Instant;
  readonly steps: readonly TraceStep[];
}

/** A pause longer than this, in seconds, ends a handshake: a person may need a while at the sign-in page. */
export const longestPause = 600;

/**
 * Groups steps into handshakes. Steps of one client belong together while no pause is longer than `longestPause`.
 * Steps that name no client (discovery, a registration that was refused) join by address the handshake that follows them
 * there, else the one that they interrupted, else each other.
 * @param steps newest first, as the store lists them
 * @returns by their last step, newest first; the steps inside oldest first
 */
export function handshakes(steps: readonly TraceStep[]): readonly Handshake[] {
  const open: Draft[] = [];
  for (const step of steps.toReversed()) place(step, open);
  return open.toReversed().map(({ clientId, steps }) => ({ clientId, began: steps[0]?.at ?? 0, steps }));
}

/** In the order of their last steps: whoever gets a step moves to the end. */
interface Draft {
  clientId: string | null;
  steps: TraceStep[];
}

function place(step: TraceStep, open: Draft[]): void {
  const near = open.filter(({ steps }) => step.at - (steps.at(-1)?.at ?? 0) <= longestPause).toReversed();
  const nameless = near.find(({ clientId, steps }) => clientId === null && isFrom(steps, step.address));
  const own = near.find(({ clientId }) => step.clientId !== undefined && clientId === step.clientId);
  // What came between two steps of a client from its address was its own: a look at the documents again.
  const before = [...(own?.steps ?? []), ...(nameless?.steps ?? [])].toSorted(
    (one, other) => one.at - other.at,
  );
  for (const joined of [own, nameless]) if (joined) open.splice(open.indexOf(joined), 1);
  open.push({ clientId: step.clientId ?? null, steps: [...before, step] });
}

function isFrom(steps: readonly TraceStep[], address: string): boolean {
  return steps.every((step) => step.address === address);
}

/** The steps of `now` that `before` did not have; both newest first, as two reads of the store gave them. */
export function newSteps(before: readonly TraceStep[], now: readonly TraceStep[]): readonly TraceStep[] {
  const known = before.map(keyOf);
  const found = now.map(keyOf);
  for (let fresh = 0; fresh < found.length; fresh++) {
    if (found.slice(fresh).every((key, at) => key === known[at])) return now.slice(0, fresh);
  }
  return now;
}

function keyOf(step: TraceStep): string {
  return JSON.stringify([
    step.at,
    step.step,
    step.outcome,
    step.says,
    step.clientId,
    step.address,
    step.userAgent,
  ]);
}
