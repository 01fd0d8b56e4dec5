import { randomBytes } from "node:crypto";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { newName } from "../tokens/secret.ts";

/**
 * Why this is no email address that can sign in, or undefined. Nothing that a mail's header reads as more than one address,
 * or as another one: quoted local parts, which nobody has, go with it.
 */
export function emailFault(email: string): string | undefined {
  const isOne = /^[^\s@<>(),;:"\\[\]\p{C}]{1,64}@[^\s@<>(),;:"\\[\]\p{C}]{1,190}$/u.test(email);
  return isOne ? undefined : "is no email address";
}

const longestName = 200;

/** A name as it was typed: on one line, and no longer than anybody's; empty when there is none. */
export function readName(typed: string | undefined): string {
  return [
    ...(typed ?? "")
      .slice(0, 10 * longestName)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
      .trim(),
  ]
    .slice(0, longestName)
    .join("");
}

/** 120 random bits in groups that can be read out. */
export function generatedPassword(): string {
  const letters = "abcdefghijkmnopqrstuvwxyz2345678";
  const text = [...randomBytes(24)].map((byte) => letters[byte % letters.length]).join("");
  return text.match(/.{6}/g)?.join("-") ?? text;
}

export function newAccount(
  about: Pick<Account, "email" | "name" | "passwordHash" | "roles">,
  now: Instant,
): Account {
  return {
    id: `acc_${newName()}`,
    ...about,
    email: about.email.toLowerCase(),
    // Whoever adds the account vouches for the address.
    emailVerified: true,
    createdAt: now,
    disabledAt: null,
  };
}
