import { readChallenges } from "@valetkey/protocol/challenge";
import { isScopeToken } from "@valetkey/protocol/scope";

/** What a resource wants in the place of the answer. */
export interface Demand {
  /** Another token of the same kind, one with more scopes, or one of another sign-in. */
  readonly kind: "another-token" | "scopes" | "sign-in";
  readonly scopes: readonly string[];
  readonly acrValues?: readonly string[] | undefined;
  readonly maxAge?: number | undefined;
}

/** RFC 6750 §3.1, RFC 9470 §3. undefined: the answer is an answer. */
export function demandOf({ status, headers }: Response): Demand | undefined {
  if (status !== 401 && status !== 403) return undefined;
  const challenges = readChallenges(headers.get("www-authenticate") ?? "");
  const ours = challenges.filter(({ scheme }) => /^(?:bearer|dpop)$/i.test(scheme));
  const about = ours.find(({ attributes }) => attributes.has("error")) ?? ours[0];
  const error = about?.attributes.get("error");
  const scopes = about?.attributes.get("scope")?.split(" ").filter(isScopeToken) ?? [];
  if (error === "insufficient_scope") return { kind: "scopes", scopes };
  if (error === "insufficient_user_authentication") {
    const age = about?.attributes.get("max_age") ?? "";
    return {
      kind: "sign-in",
      scopes,
      acrValues: about?.attributes.get("acr_values")?.split(" ").filter(isScopeToken),
      maxAge: /^\d{1,9}$/.test(age) ? Number(age) : undefined,
    };
  }
  return status === 401 ? { kind: "another-token", scopes } : undefined;
}
