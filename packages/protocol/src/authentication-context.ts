/**
 * How strongly a person proved who they are, by names that mean the same wherever they stand: one factor, two factors.
 * OpenID Connect Core §2 (`acr`), RFC 9470 §4.
 */
export type AuthenticationContext = "aal1" | "aal2";

/** What a sign-in here can reach. */
export const reachableContexts: readonly AuthenticationContext[] = ["aal1"];

/** The context that RFC 8176 methods amount to. */
export function contextOf(methods: readonly string[]): AuthenticationContext {
  return methods.includes("mfa") ? "aal2" : "aal1";
}

/** Whether `has` is one of those that are asked for; nothing asked is always had. RFC 9470 §4: `acr_values` is a choice. */
export function satisfies(has: string | undefined, asked: readonly string[]): boolean {
  return asked.length === 0 || (has !== undefined && asked.includes(has));
}

/** RFC 9470 §5: whether a request for these can be met at all; what cannot is refused, not met with less. */
export function isReachable(asked: readonly string[]): boolean {
  return asked.length === 0 || reachableContexts.some((context) => asked.includes(context));
}
