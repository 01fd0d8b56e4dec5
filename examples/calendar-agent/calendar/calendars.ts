import { DatabaseSync } from "node:sqlite";
import type { CalendarEvent, Instant, Repeats } from "./event.ts";
import { occurrences } from "./event.ts";

/** Everybody's events. Whose they are is the first word of every question. */
export class Calendars {
  readonly #db: DatabaseSync;

  /** @param file `:memory:` keeps nothing */
  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(`CREATE TABLE IF NOT EXISTS event (
      owner TEXT NOT NULL, uid TEXT NOT NULL, title TEXT NOT NULL, location TEXT, notes TEXT,
      starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, repeats TEXT,
      PRIMARY KEY (owner, uid)
    ) STRICT`);
  }

  /** Puts an event in the place of what had its uid. */
  put(owner: string, { uid, title, location, notes, start, end, repeats }: CalendarEvent): void {
    this.#db
      .prepare("INSERT OR REPLACE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(owner, uid, title, location ?? null, notes ?? null, start, end, repeats ?? null);
  }

  /** Each event once, with what it repeats. */
  of(owner: string): readonly CalendarEvent[] {
    const rows = this.#db.prepare("SELECT * FROM event WHERE owner = ? ORDER BY starts_at, uid").all(owner);
    return rows.map((row) => eventOf(row as unknown as Row));
  }

  /** What takes place between two instants: an event that repeats, each time that it does. */
  between(owner: string, from: Instant, to: Instant): readonly CalendarEvent[] {
    return this.of(owner)
      .flatMap((event) => occurrences(event, from, to))
      .sort((a, b) => a.start - b.start);
  }

  close(): void {
    this.#db.close();
  }
}

interface Row {
  readonly uid: string;
  readonly title: string;
  readonly location: string | null;
  readonly notes: string | null;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly repeats: Repeats | null;
}

function eventOf({ uid, title, location, notes, starts_at, ends_at, repeats }: Row): CalendarEvent {
  return {
    uid,
    title,
    start: starts_at,
    end: ends_at,
    ...(location !== null && { location }),
    ...(notes !== null && { notes }),
    ...(repeats !== null && { repeats }),
  };
}
