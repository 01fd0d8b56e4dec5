import type { AuthenticationContext } from "./authentication-context.ts";
import { deviceCodeGrant } from "./device-code.ts";
import { proofAlgorithms } from "./dpop-proof.ts";
import { tokenExchangeGrant } from "./token-exchange.ts";

/** Where the endpoints lie below the issuer. The router reads the same list, so that metadata and routes cannot differ. */
export const endpointPaths = {
  authorization: "/authorize",
  token: "/token",
  deviceAuthorization: "/device_authorization",
  introspection: "/introspect",
  revocation: "/revoke",
  revocationFeed: "/revocations",
  registration: "/register",
  userinfo: "/userinfo",
  jwks: "/jwks",
  endSession: "/end-session",
} as const;

/** RFC 6749 §2.3.1, RFC 7523 §2.2. Claude and Codex use a client ID metadata document only if `none` is listed. */
export const clientAuthMethods = [
  "none",
  "client_secret_basic",
  "client_secret_post",
  "private_key_jwt",
] as const;

/** What a client assertion may be signed with: asymmetric only. */
export const assertionAlgorithms = ["ES256", "PS256", "RS256", "EdDSA"] as const;

/** OpenID Connect Core §3.1.2.1, OpenID Connect Prompt Create 1.0 §4. */
export const promptValues = ["none", "login", "consent", "select_account", "create"] as const;

/** What a server must know of itself to describe itself. */
export interface ServerFacts {
  /** As tokens carry it; no document changes a character of it. */
  readonly issuer: string;
  /** What a client may ask for without knowing the resource: small, since clients without a challenge ask for all of it. */
  readonly scopesSupported: readonly string[];
  readonly registrationEnabled: boolean;
  readonly documentsEnabled: boolean;
  readonly devicesEnabled: boolean;
  /** Whether people may make accounts for themselves. */
  readonly signUpOpen: boolean;
  /** What a sign-in can reach: RFC 9470 §7. */
  readonly contexts: readonly AuthenticationContext[];
  readonly idTokenSigningAlgorithms: readonly string[];
}

/** RFC 8414 §2 as it travels. A member that would be empty is absent, never null (RFC 8414 §3.2). */
export interface AuthorizationServerMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  /** RFC 8628 §4 */
  readonly device_authorization_endpoint?: string;
  readonly jwks_uri: string;
  readonly registration_endpoint?: string;
  readonly introspection_endpoint: string;
  readonly revocation_endpoint: string;
  /** Ours: what ended before its time, for resources that check tokens by themselves. */
  readonly valetkey_revocation_feed_endpoint: string;
  readonly userinfo_endpoint: string;
  readonly end_session_endpoint: string;
  readonly scopes_supported?: readonly string[];
  readonly response_types_supported: readonly string[];
  readonly response_modes_supported: readonly string[];
  readonly grant_types_supported: readonly string[];
  readonly token_endpoint_auth_methods_supported: readonly string[];
  readonly token_endpoint_auth_signing_alg_values_supported: readonly string[];
  readonly introspection_endpoint_auth_methods_supported: readonly string[];
  readonly introspection_endpoint_auth_signing_alg_values_supported: readonly string[];
  readonly revocation_endpoint_auth_methods_supported: readonly string[];
  readonly revocation_endpoint_auth_signing_alg_values_supported: readonly string[];
  readonly code_challenge_methods_supported: readonly string[];
  readonly authorization_response_iss_parameter_supported: true;
  readonly client_id_metadata_document_supported: boolean;
  readonly acr_values_supported: readonly string[];
  /** RFC 9449 §5.1 */
  readonly dpop_signing_alg_values_supported: readonly string[];
}

/** OpenID Connect Discovery §3 as it travels. */
export interface OpenidConfiguration extends AuthorizationServerMetadata {
  readonly subject_types_supported: readonly string[];
  readonly id_token_signing_alg_values_supported: readonly string[];
  readonly claim_types_supported: readonly string[];
  readonly claims_supported: readonly string[];
  readonly prompt_values_supported: readonly string[];
  readonly claims_parameter_supported: false;
  readonly request_parameter_supported: false;
  readonly request_uri_parameter_supported: false;
}

/** RFC 8414 §2: the document of the authorization server. Both documents name the same endpoints and methods. */
export function authorizationServerMetadata(facts: ServerFacts): AuthorizationServerMetadata {
  const at = (path: string): string => `${facts.issuer}${path}`;
  return {
    issuer: facts.issuer,
    authorization_endpoint: at(endpointPaths.authorization),
    token_endpoint: at(endpointPaths.token),
    ...(facts.devicesEnabled && { device_authorization_endpoint: at(endpointPaths.deviceAuthorization) }),
    jwks_uri: at(endpointPaths.jwks),
    ...(facts.registrationEnabled && { registration_endpoint: at(endpointPaths.registration) }),
    introspection_endpoint: at(endpointPaths.introspection),
    revocation_endpoint: at(endpointPaths.revocation),
    valetkey_revocation_feed_endpoint: at(endpointPaths.revocationFeed),
    userinfo_endpoint: at(endpointPaths.userinfo),
    end_session_endpoint: at(endpointPaths.endSession),
    ...(facts.scopesSupported.length > 0 && { scopes_supported: facts.scopesSupported }),
    // OAuth 2.1 §10.1: neither implicit nor password exists.
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "client_credentials",
      ...(facts.devicesEnabled ? [deviceCodeGrant] : []),
      tokenExchangeGrant,
    ],
    token_endpoint_auth_methods_supported: clientAuthMethods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    // RFC 7662 §2.1: introspection is never open; RFC 7009 §2.1: revocation is, to public clients.
    introspection_endpoint_auth_methods_supported: clientAuthMethods.filter((method) => method !== "none"),
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    revocation_endpoint_auth_methods_supported: clientAuthMethods,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: facts.documentsEnabled,
    // RFC 9470 §7: in both documents.
    acr_values_supported: facts.contexts,
    dpop_signing_alg_values_supported: proofAlgorithms,
  };
}

/** OpenID Connect Discovery §3: the same, and what the ID token is. */
export function openidConfiguration(facts: ServerFacts): OpenidConfiguration {
  return {
    ...authorizationServerMetadata(facts),
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: facts.idTokenSigningAlgorithms,
    claim_types_supported: ["normal"],
    claims_supported: [
      "iss",
      "sub",
      "aud",
      "exp",
      "iat",
      "auth_time",
      "acr",
      "amr",
      "nonce",
      "at_hash",
      "sid",
      "name",
      "email",
      "email_verified",
    ],
    prompt_values_supported: promptValues.filter((value) => value !== "create" || facts.signUpOpen),
    claims_parameter_supported: false,
    request_parameter_supported: false,
    // An absent member would mean true: OpenID Connect Discovery §3.
    request_uri_parameter_supported: false,
  };
}
