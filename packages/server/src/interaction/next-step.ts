import { OAuthError } from "@valetkey/protocol/errors";
import type { Instant, Seconds } from "../records/instant.ts";

export interface Standing {
  /** The `prompt` values of the request. */
  readonly prompt: readonly string[];
  readonly maxAge: Seconds | undefined;
  /** Whether they proved it as strongly as the request asks (acr_values), and the operator of everybody. */
  readonly isStrong: boolean;
  /** When the person who is signed in proved who they are; undefined when nobody is. */
  readonly authenticatedAt: Instant | undefined;
  /** Whether they signed in on this interaction's own page. */
  readonly signedInHere: boolean;
  /** Whether the person let the client in before, and everything asked was granted then. */
  readonly isCovered: boolean;
  /** Whether the client's identity is proven, so that an earlier consent counts. */
  readonly isProven: boolean;
}

export type Step = "sign-in" | "consent" | "finish";

/**
 * Which page comes next: a table of the standing, no more. OpenID Connect Core §3.1.2.1, §3.1.2.6.
 * @throws login_required, consent_required under prompt=none
 */
export function nextStep(standing: Standing, now: Instant): Step {
  const { prompt, isCovered, isProven } = standing;
  const isSilent = prompt.includes("none");
  if (needsSignIn(standing, now)) {
    if (isSilent) throw new OAuthError("login_required", "Nobody is signed in.", "login.required");
    return "sign-in";
  }
  if (isCovered && isProven && !prompt.includes("consent")) return "finish";
  if (isSilent) throw new OAuthError("consent_required", "Consent is needed.", "consent.required");
  return "consent";
}

/** Whether a stronger sign-in is all that is wanting. */
export function isStepUp(standing: Standing, now: Instant): boolean {
  return !standing.isStrong && !needsSignIn({ ...standing, isStrong: true }, now);
}

/** What a session of before does not answer. OpenID Connect Prompt Create 1.0 §4: another account may be wanted. */
const anew = ["login", "select_account", "create"];

function needsSignIn(standing: Standing, now: Instant): boolean {
  const { prompt, maxAge, authenticatedAt, signedInHere, isStrong } = standing;
  if (authenticatedAt === undefined || !isStrong) return true;
  if (signedInHere) return false;
  if (anew.some((value) => prompt.includes(value))) return true;
  // OpenID Connect Core §3.1.2.1: max_age=0 is prompt=login, within the same second too.
  return maxAge !== undefined && (maxAge === 0 || now - authenticatedAt > maxAge);
}
