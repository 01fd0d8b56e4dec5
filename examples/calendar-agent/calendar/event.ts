/** Seconds since 1970. */
export type Instant = number;

/** What stands in a calendar. Times are instants: a calendar for people who travel would keep time zones, too. */
export interface CalendarEvent {
  readonly uid: string;
  readonly title: string;
  readonly location?: string;
  readonly notes?: string;
  readonly start: Instant;
  readonly end: Instant;
  /** For ever, every 24 hours or 7 days. */
  readonly repeats?: Repeats;
}

export const repetitions = { daily: 86_400, weekly: 604_800 } as const;
export type Repeats = keyof typeof repetitions;

/** The times at which an event takes place between two instants, even in part; the first one first. */
export function occurrences(event: CalendarEvent, from: Instant, to: Instant): readonly CalendarEvent[] {
  const { start, end, repeats } = event;
  const step = repeats === undefined ? 0 : repetitions[repeats];
  const skipped = step === 0 ? 0 : Math.max(0, Math.floor((from - end) / step) + 1);
  const found: CalendarEvent[] = [];
  for (let shift = skipped * step; start + shift < to; shift += step) {
    if (end + shift > from) found.push({ ...event, start: start + shift, end: end + shift });
    if (step === 0) break;
  }
  return found;
}
