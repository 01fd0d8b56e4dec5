import { randomInt } from "node:crypto";

/** RFC 8628 §6.1: consonants only, so that no word comes of it and no letter is taken for a digit. */
const alphabet = "BCDFGHJKLMNPQRSTVWXZ";
/** 20^8 codes, 34.5 bits: beside the limit on wrong ones, enough for the minutes that one lives. */
const length = 8;

/** A code for a person to read and type, without its dash. */
export function newUserCode(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** As it is shown: two groups are easier to read and to keep in mind. */
export function shownUserCode(userCode: string): string {
  return `${userCode.slice(0, 4)}-${userCode.slice(4)}`;
}

/**
 * What a person typed, as it is kept; undefined where it is no code. RFC 8628 §6.1: case, dashes and spaces do not matter,
 * nor do full-width letters or digits that look like a letter of ours.
 */
export function readUserCode(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const letters = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{P}\p{Cf}]/gu, "")
    .replace(/[2568]/g, (digit) => lookAlikes[digit] ?? digit);
  return letters.length === length && [...letters].every((letter) => alphabet.includes(letter))
    ? letters
    : undefined;
}

const lookAlikes: Readonly<Record<string, string>> = { 2: "Z", 5: "S", 6: "G", 8: "B" };
