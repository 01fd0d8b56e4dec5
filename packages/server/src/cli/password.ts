import { openBreaches } from "../adapters/breaches/open-breaches.ts";
import { argon2Passwords } from "../adapters/passwords/argon2.ts";
import { passwordStrength } from "../adapters/passwords/strength.ts";
import { generatedPassword } from "../operations/new-account.ts";
import { judgeNewPassword, type PasswordOwner, passwordFaultText } from "../operations/new-password.ts";
import type { OpenStore } from "./chosen-store.ts";
import type { Io } from "./command.ts";
import type { Options } from "./declaration.ts";
import type { Given } from "./given.ts";
import { askedSecretly, firstLine } from "./typed.ts";
import { UsageError } from "./usage-error.ts";

export const passwordOptions = {
  "password-stdin": { says: "Read the password from standard input: its first line" },
  "generate-password": { says: "Make a password and print it once" },
} as const satisfies Options;

/** Asks for a new password, or makes one; throws a UsageError for one that may not be. */
export type PasswordSource = (io: Io, owner: PasswordOwner, open: OpenStore) => Promise<NewPassword>;

/** Where the password will come from; notes a fault when it can come from nowhere. */
export function passwordSource(given: Given, io: Io): PasswordSource {
  const isPiped = given.has("password-stdin");
  const isMade = given.has("generate-password");
  if (isPiped && isMade) given.refuse("generate-password", "and --password-stdin exclude each other");
  if (isMade) return async () => await hashed(generatedPassword(), true);
  if (isPiped)
    return async (io, owner, open) => {
      const password = await firstLine(io.stdin);
      await requireGood(password, "--password-stdin", io, owner, open);
      return await hashed(password, false);
    };
  if (io.stdin.isTTY !== true)
    given.refuseAll([
      "--password-stdin or --generate-password is needed where no person can be asked, e.g. --generate-password",
    ]);
  return async (io, owner, open) => {
    const password = await askedSecretly(io, "Password: ");
    await requireGood(password, "The password", io, owner, open);
    if ((await askedSecretly(io, "Once more: ")) !== password)
      throw new UsageError(["The two passwords differ."]);
    return await hashed(password, false);
  };
}

export interface NewPassword {
  readonly hash: string;
  /** In clear, to be printed once, when it was made here. */
  readonly generated: string | undefined;
}

async function requireGood(
  password: string,
  about: string,
  io: Io,
  owner: PasswordOwner,
  open: OpenStore,
): Promise<void> {
  const warn = (sentence: string) => io.err(`${sentence}\n`);
  const strength = passwordStrength({ warn });
  try {
    const breaches = openBreaches(open.breaches, io, warn);
    const { fault } = await judgeNewPassword({ strength, breaches }, password, owner);
    if (fault) throw new UsageError([`${about}: ${passwordFaultText(fault)}`]);
  } finally {
    await strength.close();
  }
}

async function hashed(password: string, isMade: boolean): Promise<NewPassword> {
  return { hash: await argon2Passwords().hash(password), generated: isMade ? password : undefined };
}
