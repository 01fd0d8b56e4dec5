import { setTimeout } from "node:timers/promises";

/** Whole seconds since 1970. */
export type Instant = number;

export function systemNow(): Instant {
  return Math.floor(Date.now() / 1000);
}

/** Waits so many seconds; rejects when the signal breaks it off. */
export type Pause = (seconds: number, signal: AbortSignal | undefined) => Promise<void>;

export async function systemPause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(seconds * 1000, undefined, signal ? { signal } : {});
}
