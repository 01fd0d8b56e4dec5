import { invalidRequest } from "@valetkey/protocol/errors";
import type { Settings } from "../ports/settings.ts";
import type { Instant, Seconds } from "../records/instant.ts";

/** How long a person lets an app in; the words travel in the forms and in the interaction API. */
export type Until = "ended" | "month" | "week" | "day";

const lengths = new Map<Until, Seconds>([
  ["month", 30 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
]);

export interface UntilChoice {
  readonly until: Until;
  /** Undefined where the person ends it themselves. */
  readonly endsAt: Instant | undefined;
}

/** What a person can choose from, the longest first. A length that no access reaches here would be no choice. */
export function untilChoices(
  { lifetimes }: Pick<Settings, "lifetimes">,
  now: Instant,
): readonly UntilChoice[] {
  const shorter = [...lengths].filter(([, seconds]) => seconds < lifetimes.refreshAbsolute);
  return (["ended", ...shorter.map(([until]) => until)] as const).map((until) => ({
    until,
    endsAt: endOf(until, now),
  }));
}

/**
 * What a page says of it; nothing is "until they end it".
 * @throws invalid_request "parameter.malformed" for any other word: a slip must not let an app in for longer
 */
export function readUntil(given: string | undefined): Until {
  if (given === undefined || given === "ended") return "ended";
  const known = [...lengths.keys()].find((until) => until === given);
  if (known === undefined)
    throw invalidRequest("The value of until is not known.", "parameter.malformed", { fact: "until" });
  return known;
}

/** @returns undefined where no end is set */
export function endOf(until: Until, now: Instant): Instant | undefined {
  const seconds = lengths.get(until);
  return seconds === undefined ? undefined : now + seconds;
}
