import type { Frame } from "../pages/layout.ts";
import { byLanguage } from "../pages/words/by-language.ts";
import type { Seconds } from "../records/instant.ts";

const steps = [
  { unit: "minute", seconds: 60 },
  { unit: "hour", seconds: 3_600 },
  { unit: "day", seconds: 86_400 },
] as const;

// Digits as they stand in codes and addresses.
const formatOf = byLanguage((lang) => new Intl.RelativeTimeFormat(`${lang}-u-nu-latn`));

/** How long ago, for a person: in the largest unit that fits, cut and not rounded. */
export function agoWords(seconds: Seconds, { words, lang }: Pick<Frame, "words" | "lang">): string {
  const step = steps.findLast((one) => seconds >= one.seconds);
  if (!step) return words.time.lessThanAMinuteAgo;
  return formatOf(lang).format(-Math.floor(seconds / step.seconds), step.unit);
}
