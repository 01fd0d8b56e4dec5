import { decodeJwt } from "jose";

/**
 * Who signed in, by an ID token that came straight from the token endpoint over TLS, which stands for its signature
 * (OpenID Connect Core §3.1.3.7, point 6). One that is meant for others, or cannot be read, says nothing.
 */
export function accountOf(
  idToken: unknown,
  expected: { readonly issuer: string; readonly clientId: string },
): string | undefined {
  if (typeof idToken !== "string") return undefined;
  try {
    const { iss, aud, email, preferred_username: name, sub } = decodeJwt(idToken);
    if (iss !== expected.issuer || ![aud].flat().includes(expected.clientId)) return undefined;
    const account = [email, name, sub].find((one) => typeof one === "string" && one !== "");
    return account === undefined ? undefined : String(account).slice(0, 200);
  } catch {
    return undefined;
  }
}
