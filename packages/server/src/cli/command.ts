import type { Instant } from "../records/instant.ts";
import type { Declaration } from "./declaration.ts";
import type { Given } from "./given.ts";

/** One command of `valetkey`. */
export interface Command extends Declaration {
  /**
   * Judges the arguments and notes every fault on `given`; does nothing yet. The work begins only when there is no
   * fault, so that nothing is left half done.
   */
  read(given: Given, io: Io): Work | Promise<Work>;
}

/** Does what was asked. @returns the exit status */
export type Work = (io: Io) => Promise<number>;

/** What a command may touch of the process. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly stdin: NodeJS.ReadStream;
  /** Whether a person reads standard output as it comes. */
  readonly isTerminal: boolean;
  now(): Instant;
}
