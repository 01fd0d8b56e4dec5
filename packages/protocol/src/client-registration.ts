import type { ClientMetadata, GrantType } from "./client-metadata.ts";
import { deviceCodeGrant } from "./device-code.ts";
import { invalidClientMetadata, invalidRedirectUri } from "./errors.ts";
import { printable } from "./printable.ts";
import { isLoopback, redirectUriFault } from "./redirect-uri.ts";

export interface RegistrationRules {
  /** The app-scheme redirect URIs that the operator lists, each exactly. */
  readonly appRedirects: readonly string[];
}

/** How a client without a shared secret authenticates at the token endpoint. */
export type SecretlessMethod = "none" | "private_key_jwt";

/** Metadata as it is accepted: RFC 7591 §3.2.1 lets the server replace and leave out what was asked. */
export interface AcceptedMetadata extends ClientMetadata {
  readonly tokenEndpointAuthMethods: readonly SecretlessMethod[];
}

/**
 * RFC 7591 §2, §3.2.1: what a self-registering client gets of what it asks. It gets no secret: a client that asks for one
 * becomes public, since the MCP SDK and its users obey the answer, and a secret that anyone can fetch proves nothing
 * (OAuth 2.1 §8.1.1). A client that brings its own public keys keeps private_key_jwt; one that asks for it without keys
 * could never authenticate and is refused. Machine grants are left out, and refused where nothing else was asked.
 * @throws invalid_client_metadata, or invalid_redirect_uri (RFC 7591 §3.2.2).
 */
export function requireRegistrable(metadata: ClientMetadata, rules: RegistrationRules): AcceptedMetadata {
  return {
    ...metadata,
    grantTypes: grantsOfPeople(metadata),
    responseTypes: codeResponses(metadata),
    tokenEndpointAuthMethods: registrableMethods(metadata),
    redirectUris: acceptableRedirects(metadata, rules),
    postLogoutRedirectUris: metadata.postLogoutRedirectUris.filter(
      (uri) => redirectUriFault(uri, rules) === undefined,
    ),
  };
}

/**
 * The redirect URIs that may be used. What is unknown here but harms nobody is left out while something remains (Cursor
 * sends app schemes, web and loopback URIs together); what is dangerous refuses the whole.
 * @throws invalid_redirect_uri when a URI is dangerous or none remains.
 */
export function acceptableRedirects(metadata: ClientMetadata, rules: RegistrationRules): readonly string[] {
  // RFC 7591 §2: only grants with a redirect need one. A device that shows a code has nowhere to be redirected to.
  if (!metadata.grantTypes.includes("authorization_code")) return [];
  const known = metadata.redirectUris.filter((uri) => {
    const fault = redirectUriFault(uri, rules);
    if (fault === undefined) return true;
    if (fault === "app-scheme") return false;
    throw invalidRedirectUri("redirect-uri.forbidden", { fact: `${fault}: ${printable(uri, 200)}` });
  });
  // OpenID Connect Registration §2: a web client has no redirect on the person's own machine. Without a stated type both
  // kinds pass: Claude Code registers http://localhost and states none.
  const fitting = metadata.applicationType === "web" ? known.filter((uri) => !isLoopback(uri)) : known;
  if (fitting.length === 0) {
    const first = metadata.redirectUris[0];
    throw invalidRedirectUri("redirect-uri.forbidden", {
      fact: first === undefined ? "none" : printable(first, 200),
    });
  }
  return fitting;
}

/**
 * The grants of a client that nobody vouched for: those that a person consents to.
 * @throws invalid_client_metadata when neither authorization_code nor device_code was asked for.
 */
export function grantsOfPeople(metadata: ClientMetadata): readonly GrantType[] {
  if (!metadata.grantTypes.some((type) => type === "authorization_code" || type === deviceCodeGrant)) {
    const machine = metadata.grantTypes.includes("client_credentials");
    throw invalidClientMetadata(
      "The member grant_types must have authorization_code or device_code.",
      machine ? "registration.confidential" : "metadata.malformed",
      { fact: "grant_types" },
    );
  }
  return metadata.grantTypes.filter((type) => type !== "client_credentials");
}

/**
 * RFC 7591 §2: authorization_code goes with code. OAuth 2.1 §10.1: nothing else exists.
 * @throws invalid_client_metadata when code was not asked for.
 */
export function codeResponses(metadata: ClientMetadata): readonly string[] {
  if (!metadata.grantTypes.includes("authorization_code")) return [];
  if (!metadata.responseTypes.includes("code")) {
    throw invalidClientMetadata("The member response_types must have code.", "metadata.malformed", {
      fact: "response_types",
    });
  }
  return ["code"];
}

function registrableMethods(metadata: ClientMetadata): readonly SecretlessMethod[] {
  const asked = metadata.tokenEndpointAuthMethods;
  if (asked.length === 0) return ["none"];
  const possible = secretlessMethods(metadata);
  if (possible.length > 0) return possible;
  if (asked.some((method) => method.startsWith("client_secret_"))) return ["none"];
  throw invalidClientMetadata(
    "The member token_endpoint_auth_method must be none, or private_key_jwt with keys.",
    "metadata.auth-method",
    { fact: printable(asked.join(" "), 200) },
  );
}

/** The stated methods that work without a shared secret, in their order; private_key_jwt needs keys to work. */
export function secretlessMethods(metadata: ClientMetadata): readonly SecretlessMethod[] {
  const hasKeys = metadata.jwksUri !== undefined || (metadata.jwks?.keys.length ?? 0) > 0;
  return metadata.tokenEndpointAuthMethods.filter(
    (method): method is SecretlessMethod => method === "none" || (method === "private_key_jwt" && hasKeys),
  );
}
