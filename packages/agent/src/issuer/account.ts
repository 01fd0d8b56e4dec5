import { decodeJwt } from "jose";

/** Who signed in, as the issuer tells it: for a person to read, and never to decide by. */
export interface Account {
  readonly subject: string;
  readonly name: string;
}

/**
 * By an ID token that came straight from the token endpoint over TLS, which stands for its signature (OpenID Connect Core
 * §3.1.3.7, point 6). One that is meant for others, or cannot be read, says nothing.
 */
export function accountOf(
  idToken: unknown,
  expected: { readonly issuer: string; readonly clientId: string },
): Account | undefined {
  if (typeof idToken !== "string") return undefined;
  try {
    const { iss, aud, sub, email, preferred_username: name } = decodeJwt(idToken);
    if (iss !== expected.issuer || ![aud].flat().includes(expected.clientId) || !sub) return undefined;
    const shown = [email, name, sub].find((one) => typeof one === "string" && one !== "");
    return { subject: sub, name: String(shown).slice(0, 200) };
  } catch {
    return undefined;
  }
}
