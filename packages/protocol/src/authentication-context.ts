/**
 * How strongly a person proved who they are, by names that mean the same wherever they stand: one factor, two factors.
 * OpenID Connect Core §2 (`acr`), RFC 9470 §4.
 */
export type AuthenticationContext = "aal1" | "aal2";

/** Weakest first: who reached one has reached those before it. */
const contexts: readonly AuthenticationContext[] = ["aal1", "aal2"];

/** What a server lets people prove themselves by. A passkey is two factors; a one-time password comes as the second. */
export interface Factors {
  readonly passkeys: boolean;
  readonly oneTimePasswords: boolean;
}

/** What a sign-in can reach where these are offered, weakest first. */
export function reachableContexts({ passkeys, oneTimePasswords }: Factors): readonly AuthenticationContext[] {
  return passkeys || oneTimePasswords ? contexts : ["aal1"];
}

/** The context that RFC 8176 methods amount to. */
export function contextOf(methods: readonly string[]): AuthenticationContext {
  return methods.includes("mfa") ? "aal2" : "aal1";
}

/**
 * Whether `has` is one of those that are asked for, or stronger than one of ours that is; nothing asked is always had. Names
 * that are not ours count only as they are. RFC 9470 §4: `acr_values` is a choice.
 */
export function satisfies(has: string | undefined, asked: readonly string[]): boolean {
  if (asked.length === 0) return true;
  if (has === undefined) return false;
  const weaker = contexts.slice(0, Math.max(0, (contexts as readonly string[]).indexOf(has)));
  return asked.includes(has) || weaker.some((context) => asked.includes(context));
}

/** RFC 9470 §5: whether a request for these can be met at all; what cannot is refused, not met with less. */
export function isReachable(asked: readonly string[], reachable: readonly AuthenticationContext[]): boolean {
  return asked.length === 0 || reachable.some((context) => asked.includes(context));
}
