import { type ClientMetadata, metadataMembers, parseClientMetadata } from "./client-metadata.ts";
import {
  type AcceptedMetadata,
  acceptableRedirects,
  codeResponses,
  grantsOfPeople,
  type SecretlessMethod,
  secretlessMethods,
} from "./client-registration.ts";
import { invalidClientMetadata, type OAuthError } from "./errors.ts";
import { redirectUriFault } from "./redirect-uri.ts";
import {
  hasAmbiguousPath,
  hasUriCharacters,
  isHost,
  isLoopbackHost,
  isPort,
  readsAsWritten,
  webUri,
} from "./web-uri.ts";

export type ClientIdUrlFault =
  | "length"
  | "characters"
  | "malformed"
  | "scheme"
  | "userinfo"
  | "fragment"
  | "host"
  | "port"
  | "path"
  | "spelling";

/**
 * What forbids this client_id as the URL of a metadata document, or undefined. CIMD §3: https, a path, no user, fragment
 * or dot segments; a port is allowed, and `:443` makes another client. A query is discouraged and allowed.
 * @param rules.loopback whether http on a loopback host is good enough: a development server that is on loopback itself.
 */
export function clientIdUrlFault(
  url: string,
  rules: { readonly loopback: boolean },
): ClientIdUrlFault | undefined {
  if (url.length > 2_000) return "length";
  if (!hasUriCharacters(url)) return "characters";
  if (url.includes("#")) return "fragment";
  const web = webUri(url);
  if (!web || /%(?![0-9A-Fa-f]{2})/.test(url)) return "malformed";
  if (web.scheme !== "https" && !(web.scheme === "http" && rules.loopback && isLoopbackHost(web.host))) {
    return "scheme";
  }
  if (web.authority.includes("@")) return "userinfo";
  if (!isHost(web.host)) return "host";
  if (web.port !== undefined && !isPort(web.port)) return "port";
  if (web.path === "" || hasAmbiguousPath(web.path)) return "path";
  // A URL parser drops the default port; that the text keeps it is no fault here.
  const seen = web.scheme === "https" && web.port === "443" ? url.replace(":443", "") : url;
  const without = webUri(seen);
  return without && readsAsWritten(seen, without) ? undefined : "spelling";
}

/**
 * The metadata of a client ID metadata document (draft-ietf-oauth-client-id-metadata-document-02 §4, §4.1): it names its
 * own URL, a client name and redirect URIs, and holds no secret. Its methods are those that it states and that exist here
 * for it, none and private_key_jwt; none if it states no method; if only private_key_jwt is left, that is required (§8.2).
 * @param json the parsed document.
 * @param rules.url the client_id as it was sent; it is compared byte for byte.
 * @throws invalid_client_metadata, or invalid_redirect_uri when no redirect URI is acceptable or one is dangerous.
 */
export function requireDocument(
  json: unknown,
  rules: { readonly url: string; readonly appRedirects: readonly string[] },
): AcceptedMetadata {
  const members = metadataMembers(json);
  if (members("client_id") !== rules.url)
    throw invalidDocument("client_id", "is not the URL of the document");
  requireNoSecret(json as object, members);
  const metadata = parseClientMetadata(json);
  if (metadata.clientName === undefined) throw invalidDocument("client_name", "is missing");
  const needsRedirect = metadata.grantTypes.includes("authorization_code");
  if (needsRedirect && metadata.redirectUris.length === 0)
    throw invalidDocument("redirect_uris", "is missing");
  return {
    ...metadata,
    grantTypes: grantsOfPeople(metadata),
    responseTypes: codeResponses(metadata),
    tokenEndpointAuthMethods: documentMethods(metadata),
    redirectUris: acceptableRedirects(metadata, rules),
    postLogoutRedirectUris: metadata.postLogoutRedirectUris.filter(
      (uri) => redirectUriFault(uri, rules) === undefined,
    ),
  };
}

/** CIMD §4.1: a public document has no client_secret, no client_secret_expires_at, and no method that needs a secret. */
function requireNoSecret(json: object, members: (name: string) => unknown): void {
  const secret = Object.keys(json).find(
    (name) => name === "client_secret" || name.startsWith("client_secret_"),
  );
  if (secret !== undefined) {
    throw invalidClientMetadata("The document holds a client_secret.", "metadata.secret", {
      fact: "client_secret",
    });
  }
  const method = members("token_endpoint_auth_method");
  if (typeof method === "string" && method.startsWith("client_secret_")) throw noMethod();
}

function documentMethods(metadata: ClientMetadata): readonly SecretlessMethod[] {
  if (metadata.tokenEndpointAuthMethods.length === 0) return ["none"];
  const common = secretlessMethods(metadata);
  if (common.length === 0) throw noMethod();
  return common;
}

function noMethod(): OAuthError {
  return invalidClientMetadata(
    "The document must state none, or private_key_jwt with keys, as token endpoint authentication method.",
    "metadata.auth-method",
    { fact: "token_endpoint_auth_method" },
  );
}

function invalidDocument(member: string, fault: string): OAuthError {
  return invalidClientMetadata(`The member ${member} ${fault}.`, "document.invalid", { fact: member });
}
