import { endpointPaths } from "@valetkey/protocol/server-metadata";
import { flag, list, object, type Schema, uri } from "./schema.ts";

const algorithms = list("JOSE algorithms.");
const methods = list("RFC 7591 §2.");

const endpoints: Readonly<Record<string, Schema>> = {
  authorization_endpoint: uri(`{issuer}${endpointPaths.authorization}`),
  token_endpoint: uri(`{issuer}${endpointPaths.token}`),
  device_authorization_endpoint: uri("RFC 8628 §4. Left out where it is switched off."),
  jwks_uri: uri(`{issuer}${endpointPaths.jwks}`),
  registration_endpoint: uri("RFC 7591. Left out where it is switched off."),
  introspection_endpoint: uri(`{issuer}${endpointPaths.introspection}`),
  revocation_endpoint: uri(`{issuer}${endpointPaths.revocation}`),
  valetkey_revocation_feed_endpoint: uri("What ended before its time; no RFC has it."),
  userinfo_endpoint: uri(`{issuer}${endpointPaths.userinfo}`),
  end_session_endpoint: uri(`{issuer}${endpointPaths.endSession}`),
};

const members: Readonly<Record<string, Schema>> = {
  issuer: uri("Byte for byte what tokens carry."),
  ...endpoints,
  scopes_supported: list("What may be asked without knowing a resource."),
  response_types_supported: list("code."),
  response_modes_supported: list("query."),
  grant_types_supported: list("What the token endpoint takes."),
  token_endpoint_auth_methods_supported: methods,
  token_endpoint_auth_signing_alg_values_supported: algorithms,
  introspection_endpoint_auth_methods_supported: methods,
  introspection_endpoint_auth_signing_alg_values_supported: algorithms,
  revocation_endpoint_auth_methods_supported: methods,
  revocation_endpoint_auth_signing_alg_values_supported: algorithms,
  code_challenge_methods_supported: list("S256."),
  authorization_response_iss_parameter_supported: flag("RFC 9207: every answer carries iss."),
  client_id_metadata_document_supported: flag("Whether a client_id may be the URL of a document."),
  acr_values_supported: list("RFC 9470 §7."),
  dpop_signing_alg_values_supported: algorithms,
};

const mayBeAbsent = ["device_authorization_endpoint", "registration_endpoint", "scopes_supported"];
const required = Object.keys(members).filter((name) => !mayBeAbsent.includes(name));

const openidMembers: Readonly<Record<string, Schema>> = {
  subject_types_supported: list("public."),
  id_token_signing_alg_values_supported: algorithms,
  claim_types_supported: list("normal."),
  claims_supported: list("Of the ID token and of UserInfo."),
  prompt_values_supported: list("OpenID Connect Core §3.1.2.1."),
  claims_parameter_supported: flag("Never."),
  request_parameter_supported: flag("Never."),
  request_uri_parameter_supported: flag("Never."),
};

export const metadataSchemas: Readonly<Record<string, Schema>> = {
  AuthorizationServerMetadata: object(members, required, {
    description: "RFC 8414 §2. A member that would be empty is absent.",
  }),
  OpenidConfiguration: object(
    { ...members, ...openidMembers },
    [...required, ...Object.keys(openidMembers)],
    { description: "OpenID Connect Discovery §3." },
  ),
};
