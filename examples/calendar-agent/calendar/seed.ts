import type { Email } from "../identity/people.ts";
import type { CalendarEvent, Repeats } from "./event.ts";

/** What stands in the calendars at first. @param day on which most of it takes place, by the clock of this machine */
export function firstEvents(day: Date): Readonly<Record<Email, readonly CalendarEvent[]>> {
  const standUp = event(day, "Stand-up", "09:00", 15, { location: "Room 2; 4th floor", repeats: "daily" });
  const tomorrow = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
  return {
    "mia@example.com": [
      standUp,
      event(day, "Dentist, Dr. Ünal", "11:30", 30, {
        location: "Hauptstraße 5, second door",
        notes: "Bring:\n- the insurance card\n- the old X-ray; it is in the blue folder on the second shelf",
      }),
      event(day, "Lunch with Leo", "12:30", 60),
      event(day, "Piano lesson", "18:00", 45, { repeats: "weekly" }),
      event(tomorrow, "Train to Hamburg", "08:04", 150, { location: "Platform 7" }),
    ],
    "leo@example.com": [
      standUp,
      event(day, "Lunch with Mia", "12:30", 60),
      event(day, "Buy a present for Mia", "17:00", 30),
    ],
  };
}

function event(
  day: Date,
  title: string,
  time: string,
  minutes: number,
  more: { readonly location?: string; readonly notes?: string; readonly repeats?: Repeats } = {},
): CalendarEvent {
  const [hour, minute] = time.split(":").map(Number);
  const start = Math.floor(new Date(day).setHours(hour ?? 0, minute, 0, 0) / 1000);
  const uid = `${title.toLowerCase().replace(/[^a-z]+/g, "-")}@calendar.example`;
  return { uid, title, start, end: start + minutes * 60, ...more };
}
