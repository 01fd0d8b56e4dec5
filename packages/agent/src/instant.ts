/** Whole seconds since 1970. */
export type Instant = number;

export function systemNow(): Instant {
  return Math.floor(Date.now() / 1000);
}
