import { contextOf, satisfies } from "@valetkey/protocol/authentication-context";
import type { SignInSettings } from "../ports/settings.ts";

/**
 * Whether these methods prove as much as is asked: by a request (RFC 9470 §4), and by the operator of everybody, whenever the
 * session began.
 */
export function isStrongEnough(
  methods: readonly string[],
  acrValues: readonly string[],
  { secondFactor }: Pick<SignInSettings, "secondFactor">,
): boolean {
  const context = contextOf(methods);
  return satisfies(context, acrValues) && (secondFactor === "optional" || context === "aal2");
}
