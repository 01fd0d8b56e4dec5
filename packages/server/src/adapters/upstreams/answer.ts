import { UpstreamRefused } from "../../ports/upstreams.ts";
import { printable } from "./faults.ts";

interface Issuer {
  readonly issuer: string;
  readonly authorization_response_iss_parameter_supported?: boolean;
}

/**
 * RFC 9207 §2.4: an answer that names another issuer, or names none though this one always does, is another's.
 * @throws UpstreamRefused "mix-up", before anything of the answer is used
 */
export function requireOwnIssuer(of: Issuer, answer: URLSearchParams): void {
  const named = answer.getAll("iss");
  if (named.length === 0 && of.authorization_response_iss_parameter_supported !== true) return;
  if (named.length === 1 && named[0] === of.issuer) return;
  const told = named.length === 0 ? "no issuer" : `the issuer ${printable(named.join(" and "))}`;
  throw new UpstreamRefused("mix-up", `The answer names ${told}, not ${of.issuer}.`);
}

/** An email address in lower case; null for what is none. */
export function addressOf(claim: unknown): string | null {
  if (typeof claim !== "string") return null;
  const email = claim.trim().toLowerCase();
  return /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(email) ? email : null;
}

/** What the person is called: by the claims, or by what Apple sends beside the code, once, at the first sign-in. */
export function nameOf(
  claims: { readonly name?: unknown; readonly given_name?: unknown; readonly family_name?: unknown },
  answer: URLSearchParams,
): string | null {
  const parts = [claims.given_name, claims.family_name].filter((part) => typeof part === "string");
  for (const name of [claims.name, parts.join(" "), answer.get("name")]) {
    // One line of text: no control characters, nothing that turns the direction of what follows.
    const clean =
      typeof name === "string"
        ? name
            .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
            .trim()
            .slice(0, 100)
        : "";
    if (clean !== "") return clean;
  }
  return null;
}
