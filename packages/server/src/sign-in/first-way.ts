import type { Wants } from "./ceremony.ts";
import type { SignInState } from "./state.ts";

/**
 * What the client has the sign-in begin with, as far as it is offered: signing up (prompt=create), an action, or
 * `upstream:<name>`. A wish that cannot be granted is none.
 */
export function firstWay(
  { place, actions, upstreams }: Pick<SignInState, "place" | "actions" | "upstreams">,
  { signUp, directSignIn = "" }: Wants,
): string | undefined {
  if (place !== "begin") return undefined;
  if (signUp && actions.includes("sign-up")) return "sign-up";
  if (upstreams.some(({ id }) => directSignIn === `upstream:${id}`)) return directSignIn;
  return direct.includes(directSignIn) && actions.includes(directSignIn) ? directSignIn : undefined;
}

/** The actions that a client may name in `direct_sign_in`. */
const direct = ["passkey", "email", "password"];
