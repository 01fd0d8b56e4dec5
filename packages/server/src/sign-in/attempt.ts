import { tooManyRequests } from "@valetkey/protocol/errors";
import type { Limiter, LimitName } from "../ports/limiter.ts";
import type { Instant } from "../records/instant.ts";

/** What an attempt counts for: a person, an address, all together. */
export type Counter = readonly [limit: LimitName, key: string];

/**
 * Judges a guess where only wrong ones are limited. It counts before it is judged, so that guesses that run side by side
 * are as few as those that follow one another, and is taken back unless it was wrong.
 * @throws "request.rate" with Retry-After; then nothing is judged and nothing counted
 */
export async function attempt<Judged>(
  limiter: Limiter,
  counters: readonly Counter[],
  now: Instant,
  judge: () => Promise<Judged>,
  isWrong: (judged: Judged) => boolean,
): Promise<Judged> {
  requireRoom(limiter, counters, now);
  for (const [limit, key] of counters) limiter.count(limit, key, now);
  let wasWrong = false;
  try {
    const judged = await judge();
    wasWrong = isWrong(judged);
    return judged;
  } finally {
    // What could not be judged, as when the store fails, counts for nobody either.
    if (!wasWrong) for (const [limit, key] of counters) limiter.takeBack(limit, key, now);
  }
}

/** @throws "request.rate" with Retry-After when one of them is at its limit */
export function requireRoom(limiter: Limiter, counters: readonly Counter[], now: Instant): void {
  const wait = Math.max(0, ...counters.map(([limit, key]) => limiter.waitFor(limit, key, now)));
  if (wait > 0) throw tooManyRequests(wait, "request.rate");
}
