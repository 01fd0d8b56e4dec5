import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CalendarEvent } from "./event.ts";
import { escaped, folded, icalendar, utc } from "./icalendar.ts";

const at = Date.UTC(2026, 10, 22, 8, 30) / 1000;
const event: CalendarEvent = { uid: "one@calendar.example", title: "Stand-up", start: at, end: at + 900 };

/** RFC 5545 §3.1: the lines as they were before they were folded. */
function unfolded(text: string): readonly string[] {
  return text.replace(/\r\n[ \t]/g, "").split("\r\n");
}

describe("iCalendar", () => {
  it("writes an event as RFC 5545 has it, every line with its end", () => {
    assert.equal(
      icalendar([{ ...event, repeats: "weekly", location: "Room 2; 4th floor" }], at + 60),
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Valetkey//Calendar example//EN",
        "BEGIN:VEVENT",
        "UID:one@calendar.example",
        "DTSTAMP:20261122T083100Z",
        "DTSTART:20261122T083000Z",
        "DTEND:20261122T084500Z",
        "RRULE:FREQ=WEEKLY",
        "SUMMARY:Stand-up",
        "LOCATION:Room 2\\; 4th floor",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ].join("\r\n"),
    );
  });

  for (const [what, text, expected] of [
    ["a comma and a semicolon", "Dentist, Dr. Ünal; bring card", "Dentist\\, Dr. Ünal\\; bring card"],
    ["a backslash, once", "C:\\calendar", "C:\\\\calendar"],
    ["every kind of line end", "one\r\ntwo\nthree\rfour", "one\\ntwo\\nthree\\nfour"],
    ["a line that would be another property", "x\r\nATTENDEE:mallory", "x\\nATTENDEE:mallory"],
    ["control characters, by leaving them out", "a\u0000b\u001b[2Jc\td", "ab[2Jc\td"],
    ["colons and quotes not at all", 'at 9:00 "sharp"', 'at 9:00 "sharp"'],
  ] as const) {
    it(`escapes ${what}`, () => assert.equal(escaped(text), expected));
  }

  for (const [what, line] of [
    ["of 75 octets stays", `SUMMARY:${"x".repeat(67)}`],
    ["of 76 octets is cut", `SUMMARY:${"x".repeat(68)}`],
    ["of many is cut as often as needed", `SUMMARY:${"abcdefghij".repeat(40)}`],
    ["of two octets a character is cut between them", `SUMMARY:${"ü".repeat(100)}`],
    ["of four octets a character is cut between them", `SUMMARY:${"🗓".repeat(50)}`],
  ] as const) {
    it(`folds: a line ${what}`, () => {
      const text = folded(line);
      const lines = text.split("\r\n");
      assert.equal(lines.length > 1, Buffer.byteLength(line) > 75);
      for (const one of lines) assert.ok(Buffer.byteLength(one) <= 75, one);
      // Nothing is wasted: but for the last, no line could take one more character.
      for (const one of lines.slice(0, -1)) assert.ok(Buffer.byteLength(one) > 71, one);
      assert.deepEqual(unfolded(text), [line]);
    });
  }

  it("says times in UTC", () => assert.equal(utc(1_000_000_000), "20010909T014640Z"));

  it("gives what somebody wrote back whole, however long it is", () => {
    const notes = "Bring:\n- the card; the old one\n- Ünal's letter, ".repeat(5);
    const lines = unfolded(icalendar([{ ...event, notes }], at));
    const value = lines.find((line) => line.startsWith("DESCRIPTION:"))?.slice(12) ?? "";
    assert.equal(
      value.replace(/\\([\\;,n])/g, (_, one: string) => (one === "n" ? "\n" : one)),
      notes,
    );
  });
});
