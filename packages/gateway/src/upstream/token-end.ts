import type { Caller } from "@valetkey/resource";

/** The longest that a timer of Node's takes, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** Calls `end` when the caller's token expires; gives the way to call that off. */
export function atTokenEnd(caller: Caller, now: number, end: () => void): () => void {
  const left = Math.max(0, (caller.expiresAt - now) * 1_000);
  const timer = setTimeout(end, Math.min(left, longestTimer));
  return () => clearTimeout(timer);
}
