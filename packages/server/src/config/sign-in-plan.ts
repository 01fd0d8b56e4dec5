import { isIP } from "node:net";
import type { Config } from "./schema.ts";

/** How people sign in, as the core asks for it. */
export function signInOf(config: Config) {
  const { sign_in: given } = config;
  return {
    passkeys: offersPasskeys(config),
    password: given.password,
    email: given.email,
    oneTimePasswords: given.one_time_passwords,
    secondFactor: given.second_factor,
    signUp: given.sign_up,
    signUpRoles: given.sign_up_roles,
    pagesUrl: given.pages_url ?? null,
  };
}

/** WebAuthn Level 3 §5.1.2: a relying party is a domain, never an address. */
export function offersPasskeys({ issuer, sign_in: { passkeys } }: Config): boolean {
  return passkeys && isIP(new URL(issuer).hostname.replace(/^\[|\]$/g, "")) === 0;
}
