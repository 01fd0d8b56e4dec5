import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Calendars } from "./calendars.ts";
import { type CalendarEvent, occurrences } from "./event.ts";

const day = 86_400;
const at = Date.UTC(2026, 10, 22) / 1000;
const nine: CalendarEvent = { uid: "nine", title: "Nine", start: at + 9 * 3600, end: at + 10 * 3600 };

describe("when an event takes place", () => {
  for (const [what, repeats, from, to, starts] of [
    ["once, within the day", undefined, at, at + day, [0]],
    ["not on the next day", undefined, at + day, at + 2 * day, []],
    ["even in part", undefined, at + 9.5 * 3600, at + day, [0]],
    ["not when it ends as the time begins", undefined, at + 10 * 3600, at + day, []],
    ["not when it begins as the time ends", undefined, at, at + 9 * 3600, []],
    ["daily, each day of three", "daily", at, at + 3 * day, [0, 1, 2]],
    ["daily, and never before its first", "daily", at - 3 * day, at + day, [0]],
    ["daily, years later", "daily", at + 1000 * day, at + 1001 * day, [1000]],
    ["daily, in part", "daily", at + day + 9.5 * 3600, at + 2 * day, [1]],
    ["weekly, once in eight days", "weekly", at + day, at + 9 * day, [7]],
    ["weekly, not in the days between", "weekly", at + day, at + 7 * day, []],
  ] as const) {
    it(`is found ${what}`, () => {
      const found = occurrences({ ...nine, ...(repeats && { repeats }) }, from, to);
      assert.deepEqual(
        found.map(({ start }) => (start - nine.start) / day),
        starts,
      );
      for (const { start, end } of found) assert.equal(end - start, 3600);
    });
  }
});

describe("the calendars", () => {
  it("give each owner what is theirs, in order, as it was put", () => {
    const calendars = new Calendars(":memory:");
    const whole = {
      ...nine,
      uid: "whole",
      location: "Room 2",
      notes: "Bring\nall",
      repeats: "daily",
    } as const;
    const early = { ...nine, uid: "early", start: at, end: at + 60 };
    for (const event of [whole, early]) calendars.put("mia", event);
    calendars.put("leo", { ...nine, title: "Of Leo" });
    assert.deepEqual(calendars.of("mia"), [early, whole]);
    assert.deepEqual(
      calendars.between("leo", at, at + day).map(({ title }) => title),
      ["Of Leo"],
    );
    assert.deepEqual(calendars.between("nobody", at, at + day), []);
    calendars.close();
  });

  it("keep one event under one uid of one owner", () => {
    const calendars = new Calendars(":memory:");
    calendars.put("mia", nine);
    calendars.put("mia", { ...nine, title: "Ten" });
    calendars.put("leo", nine);
    assert.deepEqual(
      [calendars.of("mia"), calendars.of("leo")].map((of) => of.map(({ title }) => title)),
      [["Ten"], ["Nine"]],
    );
    calendars.close();
  });
});
