import type { CalendarEvent, Instant, Repeats } from "./event.ts";

/** RFC 5545 §3.1: octets of a line without its end. */
const longestLine = 75;

const rules: Readonly<Record<Repeats, string>> = { daily: "FREQ=DAILY", weekly: "FREQ=WEEKLY" };

/** RFC 5545: a calendar as `text/calendar`. @param at when it is written: the DTSTAMP of its events */
export function icalendar(events: readonly CalendarEvent[], at: Instant): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Valetkey//Calendar example//EN",
    ...events.flatMap((event) => eventLines(event, at)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventLines({ uid, title, location, notes, start, end, repeats }: CalendarEvent, at: Instant) {
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(at)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    ...(repeats === undefined ? [] : [`RRULE:${rules[repeats]}`]),
    `SUMMARY:${escaped(title)}`,
    ...(location === undefined ? [] : [`LOCATION:${escaped(location)}`]),
    ...(notes === undefined ? [] : [`DESCRIPTION:${escaped(notes)}`]),
    "END:VEVENT",
  ];
}

/** RFC 5545 §3.3.5, form 2: `20261122T091500Z`. */
export function utc(instant: Instant): string {
  return new Date(instant * 1000).toISOString().replace(/\.\d+|[-:]/g, "");
}

/** RFC 5545 §3.3.11: what somebody wrote stays one value, whatever is in it. Control characters have no place there. */
export function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/[^\P{Cc}\t]/gu, "");
}

/** RFC 5545 §3.1: no line is longer than 75 octets, and no character is cut in two. */
export function folded(line: string): string {
  const lines: string[] = [];
  let current = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longestLine) {
      lines.push(current);
      current = " ";
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join("\r\n");
}
