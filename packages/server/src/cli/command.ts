import type { Instant } from "../records/instant.ts";
import type { Given } from "./given.ts";

/** One option of a command, declared once: the reader, the help and the manual come from it. */
export interface Option {
  /** What its value is called in the help: "URL". A switch has none. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
  readonly says: string;
  /** A value that works; every complaint about the option shows it. */
  readonly example?: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What stands behind the command without a dash: the thing that it is about. */
export interface Operand {
  readonly name: string;
  readonly says: string;
  readonly example: string;
}

/** Does what was asked. @returns the exit status */
export type Work = (io: Io) => Promise<number>;

/** One command of `valetkey`. */
export interface Command {
  /** "start", "client add". */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly operand?: Operand;
  readonly options: Options;
  /** What the options alone do not say, in short paragraphs. */
  readonly notes?: readonly string[];
  /** Whole command lines that work, without "valetkey". */
  readonly examples: readonly string[];
  /**
   * Judges the arguments and notes every fault on `given`; does nothing yet. The work begins only when there is no
   * fault, so that nothing is left half done.
   */
  read(given: Given, io: Io): Work | Promise<Work>;
}

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
