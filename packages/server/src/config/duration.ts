import type { Seconds } from "../records/instant.ts";

const units = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

export const durationPattern = /^[0-9]{1,9}[smhdw]$/;

/** Seconds of a duration as the file writes it: a whole number and s, m, h, d or w. Undefined for anything else. */
export function parseDuration(text: string): Seconds | undefined {
  if (!durationPattern.test(text)) return undefined;
  return Number(text.slice(0, -1)) * units[text.slice(-1) as keyof typeof units];
}

/** The shortest way to write so many seconds: `120s` is `2m`, `604800s` is `7d`. */
export function formatDuration(seconds: Seconds): string {
  const unit = (["d", "h", "m"] as const).find((name) => seconds > 0 && seconds % units[name] === 0) ?? "s";
  return `${seconds / units[unit]}${unit}`;
}
