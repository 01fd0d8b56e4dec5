import { argon2Passwords } from "../adapters/passwords/argon2.ts";
import { generatedPassword, passwordFault } from "../operations/new-account.ts";
import type { Io } from "./command.ts";
import type { Options } from "./declaration.ts";
import type { Given } from "./given.ts";
import { askedSecretly, firstLine } from "./typed.ts";
import { UsageError } from "./usage-error.ts";

export const passwordOptions = {
  "password-stdin": { says: "Read the password from standard input: its first line" },
  "generate-password": { says: "Make a password and print it once" },
} as const satisfies Options;

/** Where the password will come from; notes a fault when it can come from nowhere. */
export function passwordSource(given: Given, io: Io): (io: Io) => Promise<NewPassword> {
  const isPiped = given.has("password-stdin");
  const isMade = given.has("generate-password");
  if (isPiped && isMade) given.refuse("generate-password", "and --password-stdin exclude each other");
  if (isMade) return async () => await hashed(generatedPassword(), true);
  if (isPiped)
    return async (io) => await hashed(required(await firstLine(io.stdin), "--password-stdin"), false);
  if (io.stdin.isTTY !== true)
    given.refuseAll([
      "--password-stdin or --generate-password is needed where no person can be asked, e.g. --generate-password",
    ]);
  return async (io) => {
    const password = required(await askedSecretly(io, "Password: "), "The password");
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

function required(password: string, about: string): string {
  const fault = passwordFault(password);
  if (fault !== undefined) throw new UsageError([`${about}: ${fault}`]);
  return password;
}

async function hashed(password: string, isMade: boolean): Promise<NewPassword> {
  return { hash: await argon2Passwords().hash(password), generated: isMade ? password : undefined };
}
