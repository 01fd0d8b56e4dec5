import { SignInError } from "../errors.ts";
import { requestIssuer } from "./request.ts";

/** What we use of an issuer's metadata, as it travels. RFC 8414 §2, OpenID Connect Discovery §3 */
export interface Metadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly revocation_endpoint?: string;
  readonly userinfo_endpoint?: string;
  readonly end_session_endpoint?: string;
  readonly code_challenge_methods_supported?: readonly string[];
  readonly dpop_signing_alg_values_supported?: readonly string[];
  readonly authorization_response_iss_parameter_supported?: boolean;
}

/**
 * RFC 8414 §3, else OpenID Connect Discovery §4: the issuer's own word for its endpoints.
 * @throws SignInError "unreachable" where no document answers, "issuer" for one that cannot be believed
 */
export async function discover(issuer: string): Promise<Metadata> {
  requireSecure(issuer);
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  const found =
    (await document(`${origin}/.well-known/oauth-authorization-server${path}`)) ??
    (await document(`${origin}${path}/.well-known/openid-configuration`));
  if (!found) throw new SignInError("unreachable", "The issuer has no metadata.");
  // RFC 8414 §3.3: byte for byte, or anybody's document could name anybody's endpoints.
  if (found.issuer !== issuer) throw new SignInError("issuer", "The metadata is of another issuer.");
  if (!found.authorization_endpoint || !found.token_endpoint)
    throw new SignInError("issuer", "The issuer has no endpoints.");
  for (const [name, value] of Object.entries(found)) if (name.endsWith("_endpoint")) requireSecure(value);
  // OAuth 2.1 §7.5.1: PKCE defends where the issuer supports it, and this list is how it says so.
  if (!found.code_challenge_methods_supported?.includes("S256"))
    throw new SignInError("issuer", "The issuer lacks S256.");
  return found;
}

async function document(url: string): Promise<Metadata | undefined> {
  try {
    const response = await requestIssuer(url, 10); // RFC 8414 §3: at this place and at no other
    return response.ok ? ((await response.json()) as Metadata) : undefined;
  } catch {
    return undefined; // a page without CORS answers like one that is not there
  }
}

/** OAuth 2.1 §1.5: https; plain http for a server on this machine. @throws SignInError "issuer" */
function requireSecure(url: string): void {
  const { protocol, hostname } = new URL(URL.canParse(url) ? url : "no:");
  if (!/^https:|^http:(?:localhost|127\.0\.0\.1|\[::1\])$/.test(protocol + hostname))
    throw new SignInError("issuer", "The issuer is not on https.");
}
