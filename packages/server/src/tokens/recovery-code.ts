import { randomBytes } from "node:crypto";
import { hashSecret } from "./secret.ts";

/** Crockford's base32: no letter of it is taken for a digit, and whoever takes one so is understood. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
/** 80 bits: a copy of the store, which has only hashes, is of no use to who would try them all. */
const length = 16;

/** A code that a person keeps on paper for the day when the second factor is gone. */
export function newRecoveryCode(): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
}

/** As it is shown: in groups of four. */
export function shownRecoveryCode(code: string): string {
  return code.match(/.{4}/g)?.join("-") ?? code;
}

/** What a person typed, as {@link newRecoveryCode} made it; undefined where it is no code. */
export function readRecoveryCode(typed: string): string | undefined {
  if (typed.length > 100) return undefined;
  const letters = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}\p{Cf}]/gu, "")
    .replace(/[ilo]/g, (letter) => (letter === "o" ? "0" : "1"));
  return letters.length === length && [...letters].every((letter) => alphabet.includes(letter))
    ? letters
    : undefined;
}

/** What the store keeps: of one account alone, so that no guess is good for all of them. */
export function hashRecoveryCode(accountId: string, code: string): string {
  return hashSecret(`${accountId}\n${code}`);
}
