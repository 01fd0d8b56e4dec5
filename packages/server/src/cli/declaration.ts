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
  /** Whether it may be left out. */
  readonly optional?: boolean;
}

/** What a command takes and what there is to say about it. */
export interface Declaration {
  /** "start", "client add". */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly operand?: Operand;
  /** What stands behind ` -- `: another program's command line, which is never read as ours. */
  readonly behind?: Operand;
  readonly options: Options;
  /** Names that people type from habit, and the option that is meant. */
  readonly habits?: Readonly<Record<string, string>>;
  /** What the options alone do not say, in short paragraphs. */
  readonly notes?: readonly string[];
  /** Whole command lines that work, without "valetkey". */
  readonly examples: readonly string[];
}
