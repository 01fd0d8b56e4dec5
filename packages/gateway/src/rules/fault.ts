/** One fault of a rules file, for the person who wrote it. Never holds the value, which may be a secret. */
export interface RuleFault {
  /** Counted from 1; undefined where the file has no place for it. */
  readonly line: number | undefined;
  /** With dots, list items counted from 1: `rules item 2.path`. */
  readonly name: string;
  /** Goes on where the name ends: "must begin with a slash". */
  readonly reason: string;
}

export function faultLine({ line, name, reason }: RuleFault): string {
  return `${line === undefined ? "" : `line ${line}: `}${name} ${reason}.`;
}
