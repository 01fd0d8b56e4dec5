/** A text that depends on a number: a form for each category that the language has. Unicode TR 35, plural rules. */
export interface Counted {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** `{count}` in a form stands for the number. */
export function counted(forms: Counted): Counted {
  return forms;
}
