import { randomBytes } from "node:crypto";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { newName } from "../tokens/secret.ts";

/** Why this is no e-mail address that can sign in, or undefined. */
export function emailFault(email: string): string | undefined {
  return /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(email) ? undefined : "is no e-mail address";
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
