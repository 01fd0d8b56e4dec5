import { de } from "./de.ts";
import { en } from "./en.ts";
import type { Words } from "./words.ts";

export interface Language {
  /** BCP 47. */
  readonly tag: string;
  /** What its speakers call it. */
  readonly name: string;
  readonly dir: "ltr" | "rtl";
  readonly words: Words;
}

/** Every language that the pages speak, in the order of their own names' alphabet as far as there is one. */
export const languages: readonly Language[] = [
  { tag: "de", name: "Deutsch", dir: "ltr", words: de },
  { tag: "en", name: "English", dir: "ltr", words: en },
];
