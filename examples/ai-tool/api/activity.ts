import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** One thing that somebody did, or was refused. */
export interface Deed {
  /** Seconds since 1970. */
  readonly at: number;
  /** For whom: a person, or a program that acts for itself. */
  readonly subject: string;
  /** Who did it in their place, newest first; nobody where they did it themselves. */
  readonly actors: readonly string[];
  readonly did: string;
  /** Never what was asked or answered: that is nobody's but the person's. */
  readonly detail: string;
  readonly outcome: "done" | "refused" | "failed";
}

/** Who did what. It can be written to and read; nothing here changes or removes a line. */
export interface Activity {
  add(deed: Deed): void;
  /** Newest first. */
  newest(count: number): readonly (Deed & { readonly number: number })[];
}

/** Kept in a file, a line of JSON for each deed. */
export function keepActivity(file: string): Activity {
  mkdirSync(dirname(file), { recursive: true });
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const deeds = lines.map((line) => JSON.parse(line) as Deed);
  return {
    add(deed) {
      appendFileSync(file, `${JSON.stringify(deed)}\n`, { mode: 0o600 });
      deeds.push(deed);
    },
    newest: (count) =>
      deeds
        .map((deed, before) => ({ ...deed, number: before + 1 }))
        .slice(-count)
        .reverse(),
  };
}
