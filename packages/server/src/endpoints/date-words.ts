import type { Frame } from "../pages/layout.ts";
import type { Instant } from "../records/instant.ts";

/** A day, for a person. The server knows of no clock but the world's: the day is the one of UTC. */
export function dateWords(at: Instant, { lang }: Pick<Frame, "lang">): string {
  // Digits as they stand in codes and addresses, and the calendar that servers go by.
  const format = new Intl.DateTimeFormat(`${lang}-u-ca-gregory-nu-latn`, {
    dateStyle: "long",
    timeZone: "UTC",
  });
  return format.format(at * 1_000);
}
