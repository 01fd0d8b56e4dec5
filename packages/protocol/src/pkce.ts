import { sameText } from "./constant-time.ts";
import { invalidRequest } from "./errors.ts";
import type { Parameters } from "./parameters.ts";
import { printable } from "./printable.ts";

/** The only method there is: OAuth 2.1 §7.5.2 forbids `plain`. */
export const challengeMethod = "S256";

/** RFC 7636 §4.2: a SHA-256 in base64url without padding is 43 characters. */
export function isChallenge(value: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(value);
}

/** RFC 7636 §4.1: 43 to 128 unreserved characters. */
export function isVerifier(value: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(value);
}

/**
 * The challenge of an authorization request. OAuth 2.1 §4.1.1, §4.1.2.1: every client sends one, and names its method.
 * @throws invalid_request when the challenge is missing or malformed, or the method is missing or not S256.
 */
export function requireChallenge(parameters: Parameters): string {
  const challenge = parameters.optional("code_challenge");
  const method = parameters.optional("code_challenge_method");
  if (challenge === undefined) {
    throw invalidRequest("The parameter code_challenge is missing.", "pkce.missing");
  }
  // RFC 7636 §4.3 reads an absent method as `plain`, so that absence is refused like any other method.
  if (method !== challengeMethod) {
    throw invalidRequest("The parameter code_challenge_method must be S256.", "pkce.method", {
      fact: method === undefined ? "absent" : printable(method, 20),
    });
  }
  if (!isChallenge(challenge)) {
    throw invalidRequest("The parameter code_challenge is malformed.", "pkce.malformed");
  }
  return challenge;
}

/** RFC 7636 §4.2: BASE64URL(SHA256(ASCII(verifier))). */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** RFC 7636 §4.6: whether the verifier is well formed and hashes to the challenge; compared in constant time. */
export async function verifierFits(challenge: string, verifier: string): Promise<boolean> {
  return isVerifier(verifier) && sameText(challenge, await challengeOf(verifier));
}
