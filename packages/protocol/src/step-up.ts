import type { ReadChallenge } from "./challenge.ts";
import { covers, union } from "./scope.ts";

/** What a client does about a refusal by a resource: ask the person for more, or for a stronger or newer sign-in. */
export type StepUp =
  | { readonly kind: "scope"; readonly scopes: readonly string[] }
  | {
      readonly kind: "authentication";
      readonly acrValues: readonly string[];
      /** Seconds; undefined where any sign-in is new enough. */
      readonly maxAge: number | undefined;
    };

/**
 * What a challenge asks a client to step up to; undefined where it asks for nothing of the kind. RFC 6750 §3.1,
 * RFC 9470 §3. A max_age that is no number of seconds is left out.
 */
export function readStepUp({ attributes }: ReadChallenge): StepUp | undefined {
  const words = (name: string) => [...new Set(attributes.get(name)?.split(" ").filter(Boolean))];
  const error = attributes.get("error");
  if (error === "insufficient_scope") return { kind: "scope", scopes: words("scope") };
  if (error !== "insufficient_user_authentication") return undefined;
  const age = attributes.get("max_age") ?? "";
  const maxAge = /^[0-9]{1,10}$/.test(age) ? Number(age) : undefined;
  return { kind: "authentication", acrValues: words("acr_values"), maxAge };
}

/**
 * MCP authorization 2026-07-28, step-up: the scopes of the next authorization request. All that was requested before and
 * all that is challenged now, so that no permission is lost on the way; a server need not repeat what is held. undefined
 * where everything challenged is held already: asking again would bring the same token and the same refusal.
 * @param requested of the last authorization request, `offline_access` included
 * @param granted as the token answer said
 */
export function stepUpScopes(
  requested: readonly string[],
  granted: readonly string[],
  challenged: readonly string[],
): readonly string[] | undefined {
  return covers(granted, challenged) ? undefined : union(requested, challenged);
}
