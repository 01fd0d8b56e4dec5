import {
  hasAmbiguousPath,
  hasUriCharacters,
  isHost,
  isLoopbackHost,
  isPort,
  readsAsWritten,
  webUri,
} from "./web-uri.ts";

/** Why a redirect URI can be neither registered nor used. */
export type RedirectUriFault =
  | "characters"
  | "malformed"
  | "fragment"
  | "wildcard"
  | "userinfo"
  | "scheme"
  | "app-scheme"
  | "host"
  | "port"
  | "path"
  | "reserved-parameter"
  | "spelling";

/** Schemes that run code, read files or never lead to an app: no allow-list lets them in. */
const neverSchemes: readonly string[] =
  "about blob chrome chrome-extension content data file filesystem ftp ftps intent jar javascript mailto ms-settings resource sftp tel urn vbscript view-source ws wss".split(
    " ",
  );

/** What we append to a redirect URI ourselves: RFC 6749 §4.1.2, RFC 9207 §2, and the implicit flow's, which never come. */
const reservedParameters: readonly string[] =
  "code state iss error error_description error_uri access_token id_token token_type response session_state".split(
    " ",
  );

/**
 * What forbids this URI as a redirect, or undefined. OAuth 2.1 §2.3: absolute, without fragment; §1.5: https, or http on
 * the loopback interface. Nothing is trimmed or normalised: a URI that a browser would read as another one is refused.
 * @param rules.appRedirects the app-scheme URIs that the operator lists, each exactly.
 */
export function redirectUriFault(
  uri: string,
  rules: { readonly appRedirects: readonly string[] },
): RedirectUriFault | undefined {
  if (!hasUriCharacters(uri)) return "characters";
  if (/%(?![0-9A-Fa-f]{2})/.test(uri)) return "malformed";
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1];
  if (scheme === undefined) return "malformed";
  if (neverSchemes.includes(scheme.toLowerCase())) return "scheme";
  if (uri.includes("#")) return "fragment";
  if (uri.includes("*")) return "wildcard";
  if (!/^https?$/i.test(scheme)) return rules.appRedirects.includes(uri) ? undefined : "app-scheme";
  return webUriFault(uri);
}

function webUriFault(uri: string): RedirectUriFault | undefined {
  const web = webUri(uri);
  if (!web) return "malformed";
  if (web.authority.includes("@")) return "userinfo";
  if (!isHost(web.host)) return "host";
  if (web.port !== undefined && !isPort(web.port)) return "port";
  if (web.scheme === "http" && !isLoopbackHost(web.host)) return "host";
  if (hasAmbiguousPath(web.path)) return "path";
  // A response parameter that is there already would reach the client twice: RFC 6749 §3.1, RFC 9207 §2.
  const names = [...new URLSearchParams(web.query)].map(([name]) => name.toLowerCase());
  if (names.some((name) => reservedParameters.includes(name))) return "reserved-parameter";
  return readsAsWritten(uri, web) ? undefined : "spelling";
}

/**
 * OAuth 2.1 §2.3.1, §4.1.1: the same string, character by character. The one exception is §8.4.2: on http and the same
 * loopback host the port may differ. `localhost`, `127.0.0.1` and `[::1]` never stand for each other.
 */
export function redirectUriMatches(registered: string, requested: string): boolean {
  // An app-scheme URI was let in when it was registered; it passes here only as itself.
  if (redirectUriFault(requested, { appRedirects: [registered] }) !== undefined) return false;
  if (registered === requested) return true;
  const known = webUri(registered);
  const asked = webUri(requested);
  return (
    known?.scheme === "http" &&
    asked?.scheme === "http" &&
    known.host === asked.host &&
    known.path === asked.path &&
    known.query === asked.query &&
    // Plain http passes this on a loopback host only, so that a port never varies anywhere else.
    redirectUriFault(registered, { appRedirects: [] }) === undefined
  );
}

/** Whether any registered URI matches: see `redirectUriMatches`. */
export function matchRedirectUri(registered: readonly string[], requested: string): boolean {
  return registered.some((uri) => redirectUriMatches(uri, requested));
}

/** Whether the URI leads to this machine: nothing but the browser's own computer proves who listens there. */
export function isLoopback(uri: string): boolean {
  const web = webUri(uri);
  // Without the look at the port, `http://localhost:80@evil.com/` would pass: its host stands behind the @.
  if (!web || (web.port !== undefined && !isPort(web.port))) return false;
  return /^https?$/.test(web.scheme) && isLoopbackHost(web.host);
}

/** What the consent page names: the host with its port, or the scheme of an app redirect with its colon. */
export function redirectHost(uri: string): string {
  const web = webUri(uri);
  if (web && /^https?$/.test(web.scheme)) return web.authority.slice(web.authority.lastIndexOf("@") + 1);
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(uri)?.[0] ?? "";
}
