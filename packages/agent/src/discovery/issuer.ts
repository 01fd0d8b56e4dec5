import { requireSafeAddress, rulesFor } from "../address.ts";
import { AgentError } from "../errors.ts";
import { askForJson, type Outbound } from "../outbound.ts";
import { requireTexts } from "./texts.ts";

/** What an issuer says of itself, as far as it is used here. RFC 8414 §2 */
export interface Issuer {
  readonly issuer: string;
  readonly authorizationEndpoint: URL | undefined;
  readonly tokenEndpoint: URL;
  readonly registrationEndpoint: URL | undefined;
  readonly revocationEndpoint: URL | undefined;
  readonly deviceAuthorizationEndpoint: URL | undefined;
  readonly userinfoEndpoint: URL | undefined;
  readonly scopesSupported: readonly string[];
  readonly grantTypesSupported: readonly string[];
  /** undefined: not said, which means client_secret_basic. RFC 8414 §2 */
  readonly authMethodsSupported: readonly string[] | undefined;
  readonly challengeMethodsSupported: readonly string[];
  readonly saysIss: boolean;
  readonly takesDocuments: boolean;
  readonly dpopAlgorithms: readonly string[];
}

/**
 * The metadata of an issuer: RFC 8414 §3.1 and OpenID Connect Discovery §4.1, in the order of MCP authorization.
 * @throws AgentError address-unsafe, issuer-differs, issuer-unknown, answer-malformed, unreachable
 */
export async function discoverIssuer(outbound: Outbound, issuer: string): Promise<Issuer> {
  const rules = rulesFor(issuer);
  const url = requireSafeAddress(issuer, rules, "the issuer");
  if (url.search !== "") {
    throw new AgentError("address-unsafe", `The issuer ${issuer.slice(0, 200)} has a query.`);
  }
  for (const place of placesOf(url)) {
    const { status, body } = await askForJson(outbound, new URL(place));
    if (status >= 500) throw new AgentError("unreachable", `${place} answered ${status}.`);
    if (status !== 200 || body === undefined) continue;
    // RFC 8414 §3.3: the same text, or the document is somebody else's.
    if (body.issuer !== issuer) {
      const said = JSON.stringify(String(body.issuer).slice(0, 200));
      throw new AgentError("issuer-differs", `${place} is the metadata of ${said}, not of ${issuer}.`);
    }
    return issuerOf(body, issuer);
  }
  throw new AgentError("issuer-unknown", `${issuer} has no metadata that OAuth 2.1 knows.`);
}

function placesOf({ origin, pathname }: URL): readonly string[] {
  const path = pathname.replace(/\/$/, "");
  const [oauth, openid] = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"];
  if (path === "") return [`${origin}${oauth}`, `${origin}${openid}`];
  return [`${origin}${oauth}${path}`, `${origin}${openid}${path}`, `${origin}${path}${openid}`];
}

function issuerOf(body: Readonly<Record<string, unknown>>, issuer: string): Issuer {
  const rules = rulesFor(issuer);
  const endpoint = (name: string): URL | undefined => {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    return requireSafeAddress(String(value), rules, `the issuer's ${name}`);
  };
  const tokenEndpoint = endpoint("token_endpoint");
  if (!tokenEndpoint) throw new AgentError("issuer-unfit", `${issuer} names no token endpoint.`);
  return {
    issuer,
    authorizationEndpoint: endpoint("authorization_endpoint"),
    tokenEndpoint,
    registrationEndpoint: endpoint("registration_endpoint"),
    revocationEndpoint: endpoint("revocation_endpoint"),
    deviceAuthorizationEndpoint: endpoint("device_authorization_endpoint"),
    userinfoEndpoint: endpoint("userinfo_endpoint"),
    scopesSupported: requireTexts(body, "scopes_supported") ?? [],
    grantTypesSupported: requireTexts(body, "grant_types_supported") ?? ["authorization_code", "implicit"],
    authMethodsSupported: requireTexts(body, "token_endpoint_auth_methods_supported"),
    challengeMethodsSupported: requireTexts(body, "code_challenge_methods_supported") ?? [],
    saysIss: body.authorization_response_iss_parameter_supported === true,
    takesDocuments: body.client_id_metadata_document_supported === true,
    dpopAlgorithms: requireTexts(body, "dpop_signing_alg_values_supported") ?? [],
  };
}
