/** One command of `valetkey`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `valetkey <name> --help` prints: usage, options, an example. */
  readonly help: string;
  /** @returns the exit status */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** What a command may touch of the process. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A mistake of the person at the keyboard: told in sentences, exit status 2, nothing half done. */
export class UsageError extends Error {
  /** Every fault at once. */
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "UsageError";
    this.faults = faults;
  }
}
