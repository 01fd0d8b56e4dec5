import { readChallenges } from "@valetkey/protocol/challenge";
import { isScopeToken } from "@valetkey/protocol/scope";
import { readStepUp } from "@valetkey/protocol/step-up";

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
  const scopes = about?.attributes.get("scope")?.split(" ").filter(isScopeToken) ?? [];
  const wanted = about && readStepUp(about);
  if (wanted?.kind === "scope") return { kind: "scopes", scopes };
  if (wanted) {
    const acrValues = wanted.acrValues.filter(isScopeToken);
    return { kind: "sign-in", scopes, maxAge: wanted.maxAge, ...(acrValues.length > 0 && { acrValues }) };
  }
  return status === 401 ? { kind: "another-token", scopes } : undefined;
}
