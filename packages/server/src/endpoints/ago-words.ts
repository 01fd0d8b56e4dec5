import type { Seconds } from "../records/instant.ts";

const steps = [
  { unit: "minute", seconds: 60 },
  { unit: "hour", seconds: 3_600 },
  { unit: "day", seconds: 86_400 },
] as const;

/** How long ago, for a person: in the largest unit that fits, cut and not rounded. */
export function agoWords(seconds: Seconds): string {
  const step = steps.findLast((one) => seconds >= one.seconds);
  if (!step) return "less than a minute ago";
  const number = Math.floor(seconds / step.seconds);
  return `${number} ${step.unit}${number === 1 ? "" : "s"} ago`;
}
