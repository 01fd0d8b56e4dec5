/** What is wrong with something that an operator asked for. */
export interface Fault {
  /** The property, in the words of the command line: "redirect-uri". */
  readonly about: string;
  readonly reason: string;
  /** The value that is at fault, when there is one. */
  readonly value?: string;
}

export function fault(about: string, reason: string, value?: string): Fault {
  return value === undefined ? { about, reason } : { about, reason, value };
}
