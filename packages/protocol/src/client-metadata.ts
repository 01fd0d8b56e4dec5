import { deviceCodeGrant } from "./device-code.ts";
import { invalidClientMetadata, OAuthError } from "./errors.ts";
import { printableLine } from "./printable.ts";
import { parseScope } from "./scope.ts";
import { hasUriCharacters, isLoopbackHost } from "./web-uri.ts";

/** The grants that exist here and that a client may name in its metadata. */
export type GrantType =
  | "authorization_code"
  | "refresh_token"
  | "client_credentials"
  | typeof deviceCodeGrant;

export interface PublicKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** RFC 7591 §2 as it was stated: nothing defaulted, except that an absent list is empty where no default is known. */
export interface ClientMetadata {
  readonly clientName: string | undefined;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** The known ones of those stated; RFC 7591 §2 makes an absent list authorization_code. */
  readonly grantTypes: readonly GrantType[];
  /** As stated; RFC 7591 §2 makes an absent list code. */
  readonly responseTypes: readonly string[];
  /** What `token_endpoint_auth_method` and `token_endpoint_auth_methods_supported` state together; empty if both are absent. */
  readonly tokenEndpointAuthMethods: readonly string[];
  readonly applicationType: "web" | "native" | undefined;
  readonly scope: readonly string[] | undefined;
  readonly jwks: PublicKeySet | undefined;
  readonly jwksUri: string | undefined;
  readonly logoUri: string | undefined;
  readonly clientUri: string | undefined;
  readonly tosUri: string | undefined;
  readonly policyUri: string | undefined;
  readonly softwareId: string | undefined;
  readonly softwareVersion: string | undefined;
  readonly contacts: readonly string[];
  /** RFC 9449 §5.2: whether the client asks for bound tokens only. */
  readonly dpopBound: boolean;
}

const knownGrantTypes: readonly GrantType[] = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  deviceCodeGrant,
];

/** Lengths in characters and members: far above any real client, far below what would hurt. */
const limits = { name: 200, text: 500, uri: 2_000, scope: 8_000, list: 100, keys: 20 };

/**
 * Reads RFC 7591 metadata from parsed JSON. Unknown members and unknown grant types are ignored: Claude lists jwt-bearer.
 * null and the empty text count as absent, as the MCP SDK sends them.
 * @throws invalid_client_metadata naming the member that has a wrong type, is too long, or holds a private key.
 */
export function parseClientMetadata(json: unknown): ClientMetadata {
  const members = metadataMembers(json);
  const jwks = publicKeys(members("jwks"));
  const jwksUri = webAddress("jwks_uri", members("jwks_uri"), "https");
  // RFC 7591 §2: jwks and jwks_uri are not both present.
  if (jwks && jwksUri) throw malformed("jwks_uri", "must not stand beside jwks");
  const applicationType = text("application_type", members("application_type"));
  return {
    clientName: clientName(members("client_name")),
    redirectUris: texts("redirect_uris", members("redirect_uris"), limits.uri),
    postLogoutRedirectUris: texts(
      "post_logout_redirect_uris",
      members("post_logout_redirect_uris"),
      limits.uri,
    ),
    grantTypes: grantTypes(members("grant_types")),
    responseTypes:
      members("response_types") === undefined ? ["code"] : texts("response_types", members("response_types")),
    tokenEndpointAuthMethods: authMethods(members),
    applicationType: applicationType === "web" || applicationType === "native" ? applicationType : undefined,
    scope: scope(members("scope")),
    jwks,
    jwksUri,
    logoUri: webAddress("logo_uri", members("logo_uri")),
    clientUri: webAddress("client_uri", members("client_uri")),
    tosUri: webAddress("tos_uri", members("tos_uri")),
    policyUri: webAddress("policy_uri", members("policy_uri")),
    softwareId: text("software_id", members("software_id")),
    softwareVersion: text("software_version", members("software_version")),
    contacts: texts("contacts", members("contacts")),
    dpopBound: flag("dpop_bound_access_tokens", members("dpop_bound_access_tokens")),
  };
}

/**
 * The own members of a JSON object, looked up by name; null and "" count as absent. Nothing inherited is seen, so that
 * `__proto__` and `constructor` in the JSON, or a polluted Object.prototype, change nothing.
 * @throws invalid_client_metadata when the JSON is not an object.
 */
export function metadataMembers(json: unknown): (name: string) => unknown {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw invalidClientMetadata("The client metadata must be a JSON object.", "metadata.malformed");
  }
  return (name) => {
    const value: unknown = Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined;
    return value === null || value === "" ? undefined : value;
  };
}

function authMethods(members: (name: string) => unknown): readonly string[] {
  const singular = text("token_endpoint_auth_method", members("token_endpoint_auth_method"));
  const plural = texts(
    "token_endpoint_auth_methods_supported",
    members("token_endpoint_auth_methods_supported"),
  );
  return [...new Set(singular === undefined ? plural : [singular, ...plural])];
}

function grantTypes(value: unknown): readonly GrantType[] {
  if (value === undefined) return ["authorization_code"];
  const stated = texts("grant_types", value);
  return knownGrantTypes.filter((type) => stated.includes(type));
}

/** The name stands on the consent page: controls and marks that turn the direction of text could make it lie there. */
function clientName(value: unknown): string | undefined {
  const name = text("client_name", value, limits.name)?.trim();
  if (name && printableLine(name) !== name) {
    throw malformed("client_name", "has control characters");
  }
  return name === "" ? undefined : name;
}

function scope(value: unknown): readonly string[] | undefined {
  const written = text("scope", value, limits.scope);
  if (written === undefined) return undefined;
  try {
    return parseScope(written);
  } catch (thrown) {
    if (thrown instanceof OAuthError) throw malformed("scope", "is not a list of scopes");
    throw thrown;
  }
}

function publicKeys(value: unknown): PublicKeySet | undefined {
  if (value === undefined) return undefined;
  const keys = metadataMembersOf("jwks", value)("keys");
  if (!Array.isArray(keys) || keys.length > limits.keys) throw malformed("jwks", "must hold a list of keys");
  for (const key of keys as unknown[]) {
    const members = metadataMembersOf("jwks", key);
    if (typeof members("kty") !== "string") throw malformed("jwks", "holds a key without kty");
    // RFC 7518 §6.2.2, §6.3.2, §6.4: a symmetric key, or a private member of an asymmetric one.
    if (
      members("kty") === "oct" ||
      ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].some((name) => members(name) !== undefined)
    ) {
      throw invalidClientMetadata("The member jwks holds a private or symmetric key.", "metadata.secret");
    }
  }
  return { keys: (keys as object[]).map(withoutStructure) };
}

/** RFC 7517 §4: every member that tells of a key is a text or a list of texts; what is nested could be too deep to be written. */
function withoutStructure(key: object): Readonly<Record<string, unknown>> {
  const isText = (value: unknown) => typeof value === "string";
  return Object.fromEntries(
    Object.entries(key).filter(([, value]) => isText(value) || (Array.isArray(value) && value.every(isText))),
  );
}

function metadataMembersOf(member: string, value: unknown): (name: string) => unknown {
  try {
    return metadataMembers(value);
  } catch {
    throw malformed(member, "must be an object");
  }
}

/** A URL that is shown or fetched: https, or http where `weakest` allows it or the host is loopback. */
function webAddress(member: string, value: unknown, weakest: "https" | "http" = "http"): string | undefined {
  const address = text(member, value, limits.uri);
  if (address === undefined) return undefined;
  if (!hasUriCharacters(address) || !URL.canParse(address)) throw malformed(member, "must be a URL");
  const { protocol, hostname, username, password } = new URL(address);
  const secure =
    protocol === "https:" || (protocol === "http:" && (weakest === "http" || isLoopbackHost(hostname)));
  if (!secure || username !== "" || password !== "") throw malformed(member, "must be an https URL");
  return address;
}

function flag(member: string, value: unknown): boolean {
  if (value !== undefined && typeof value !== "boolean") throw malformed(member, "must be true or false");
  return value ?? false;
}

function text(member: string, value: unknown, longest = limits.text): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw malformed(member, "must be a string");
  if (value.length > longest) throw malformed(member, "is too long");
  return value;
}

function texts(member: string, value: unknown, longest = limits.text): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw malformed(member, "must be a list of strings");
  if (value.length > limits.list) throw malformed(member, "is too long");
  const all = (value as unknown[]).map((item) => {
    if (typeof item !== "string") throw malformed(member, "must be a list of strings");
    if (item.length > longest) throw malformed(member, "is too long");
    return item;
  });
  return [...new Set(all)];
}

function malformed(member: string, fault: string): OAuthError {
  return invalidClientMetadata(`The member ${member} ${fault}.`, "metadata.malformed", { fact: member });
}
