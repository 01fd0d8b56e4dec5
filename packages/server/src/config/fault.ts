/** One fault of the configuration, for the person who wrote it. Never holds the value: it may be a password. */
export interface ConfigFault {
  /** With dots, and the environment variable where the value came from there: `issuer (VALETKEY_ISSUER)`. */
  readonly name: string;
  /** Goes on where the name ends: "must be a URL". */
  readonly reason: string;
  /** An acceptable line, or what to do. */
  readonly example: string;
}

/** Every fault at once. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(faultLine).join("\n"));
    this.name = "ConfigError";
    this.faults = faults;
  }
}

export function faultLine({ name, reason, example }: ConfigFault): string {
  return `${name} ${reason}. ${example}`;
}

/** The one of `names` that somebody who wrote `given` most likely meant. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: distance(given, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, given.length / 3) ? best.name : undefined;
}

/** Levenshtein: letters to insert, delete or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] as number) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
