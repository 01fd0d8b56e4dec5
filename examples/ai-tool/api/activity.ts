import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { oneLine } from "./one-line.ts";

/**
 * `begun`: it was let in, and nothing further is known, as when the tool was stopped in its midst. `broken off`: the answer
 * did not come whole, because whoever asked left or the model did.
 */
export type Outcome = "begun" | "done" | "refused" | "broken off" | "failed";

/** One thing that somebody did, or was refused. */
export interface Deed {
  /** Seconds since 1970. */
  readonly at: number;
  /** For whom: a person, or a program that acts for itself. */
  readonly subject: string;
  /** Who did it in their place, newest first; nobody where they did it themselves. */
  readonly actors: readonly string[];
  readonly did: string;
  /** Never what was asked or answered: that is nobody's but the person's. Kept as one line. */
  readonly detail: string;
  readonly outcome: Outcome;
}

/** What became of the deed of this number. */
interface End extends Pick<Deed, "detail" | "outcome"> {
  readonly ends: number;
}

/** Who did what. It can be written to and read; nothing here changes or removes a line. */
export interface Activity {
  /** @returns its number, from 1 */
  add(deed: Deed): number;
  end(number: number, detail: string, outcome: Outcome): void;
  /** Newest first, each with what became of it. */
  newest(count: number): readonly (Deed & { readonly number: number })[];
}

/**
 * Kept in a file, a line of JSON when something begins and one when it ends. A last line that is torn, as when the machine
 * went off in its midst, is taken away.
 */
export function keepActivity(file: string): Activity {
  mkdirSync(dirname(file), { recursive: true });
  const kept = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const whole = kept.subarray(0, kept.lastIndexOf("\n") + 1);
  if (whole.length < kept.length) truncateSync(file, whole.length);
  const lines = whole.toString("utf8").split("\n").filter(Boolean);
  const deeds: Deed[] = [];
  for (const line of lines) take(JSON.parse(line));

  function take(line: Deed | End): void {
    if (!("ends" in line)) return void deeds.push(line);
    const { ends, ...became } = line;
    const begun = deeds[ends - 1];
    if (begun) deeds[ends - 1] = { ...begun, ...became };
  }
  function write(line: Deed | End): void {
    const whole = { ...line, detail: oneLine(line.detail) };
    appendFileSync(file, `${JSON.stringify(whole)}\n`, { mode: 0o600 });
    take(whole);
  }
  return {
    add(deed) {
      write(deed);
      return deeds.length;
    },
    end: (ends, detail, outcome) => write({ ends, detail, outcome }),
    newest: (count) =>
      deeds
        .map((deed, before) => ({ ...deed, number: before + 1 }))
        .slice(-count)
        .reverse(),
  };
}
