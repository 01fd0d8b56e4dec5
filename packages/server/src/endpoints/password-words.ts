import {
  longestPassword,
  minimumPasswordLength,
  type PasswordFault,
  type PasswordFaultWord,
  passwordFaultWord,
} from "../operations/new-password.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";

const sentences = {
  short: "tooShort",
  long: "tooLong",
  leaked: "leaked",
  weak: "short",
  common: "common",
  personal: "personal",
  repeated: "repeated",
  row: "row",
  date: "date",
} as const satisfies Readonly<Record<PasswordFaultWord, keyof Words["newPassword"]>>;

/** Behind "password.", the faults of a sign-in that are about a new one. */
export const passwordFaultWords = Object.keys(sentences) as readonly PasswordFaultWord[];

/** Why a new password may not be, for the person who typed it. */
export function passwordWords(words: Words, fault: PasswordFault): string {
  return sentenceOf(words, passwordFaultWord(fault));
}

/** The same for a fault of the sign-in; undefined when it is about something else. */
export function newPasswordWords(words: Words, fault: string): string | undefined {
  const word = /^password\.(.+)$/.exec(fault)?.[1] ?? "";
  return Object.hasOwn(sentences, word) ? sentenceOf(words, word as PasswordFaultWord) : undefined;
}

function sentenceOf({ newPassword: texts }: Words, word: PasswordFaultWord): string {
  return tell(texts[sentences[word]], { minimum: minimumPasswordLength, maximum: longestPassword });
}
