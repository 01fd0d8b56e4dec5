import { SignInError } from "../errors.ts";
import type { Account } from "../session.ts";
import { claimsOf } from "./encoding.ts";

export interface Expected {
  readonly issuer: string;
  readonly clientId: string;
  /** undefined after a refresh, which brings none. OpenID Connect Core §12.2 */
  readonly nonce?: string | undefined;
  /** Of the person who is signed in already. */
  readonly subject?: string | undefined;
  /** Seconds; the sign-in may be that old. */
  readonly maxAge?: number | undefined;
}

/** Seconds between the clocks of an issuer's own nodes. */
const tolerance = 10;

/**
 * OpenID Connect Core §3.1.3.7. The token came over TLS from the token endpoint, to us, just now: point 6 lets TLS stand
 * in the place of the signature. So it does for the clock: the person's own may be hours off, and `iat` is now; with our
 * nonce in it the token cannot be older than the request.
 * @throws SignInError "issuer"
 */
export function idTokenAccount(idToken: string, expected: Expected): Account {
  const claims = claimsOf(idToken) as Account;
  const { iss, sub, aud, azp, iat, exp, auth_time } = claims;
  const audience = [aud].flat();
  const { clientId, subject, maxAge } = expected;
  const isGood =
    iss === expected.issuer &&
    typeof sub === "string" &&
    (subject === undefined || sub === subject) &&
    audience.includes(clientId) &&
    (azp === undefined ? audience.length === 1 : azp === clientId) &&
    typeof iat === "number" &&
    typeof exp === "number" &&
    exp > iat &&
    (expected.nonce === undefined || claims.nonce === expected.nonce) &&
    (maxAge === undefined || (typeof auth_time === "number" && iat - auth_time <= maxAge + tolerance));
  if (!isGood) throw new SignInError("issuer", "The ID token is of another sign-in.");
  return claims;
}
