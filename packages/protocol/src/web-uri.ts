/** An http or https URI in its parts, as they are written. */
export interface WebUri {
  readonly scheme: string;
  readonly authority: string;
  readonly host: string;
  readonly port: string | undefined;
  readonly path: string;
  readonly query: string;
}

/** The three hosts of OAuth 2.1 §8.4.2; `localhost` too, because Claude Code, Codex and VS Code send it. */
const loopbackHosts: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];

/** Whether the host is one of the three spellings of this machine that OAuth clients use. */
export function isLoopbackHost(host: string): boolean {
  return loopbackHosts.includes(host);
}

/** RFC 3986 §2: nothing else, which leaves out spaces, controls, backslash, quotes and everything beyond ASCII. */
export function hasUriCharacters(text: string): boolean {
  return /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/.test(text);
}

/** RFC 3986 §3 for hierarchical URIs with an authority. No decoding, no case folding. */
export function webUri(uri: string): WebUri | undefined {
  const parts = /^([A-Za-z]+):\/\/([^/?#]*)([^?#[\]]*)(\?[^#]*)?$/.exec(uri);
  if (!parts) return undefined;
  const [, scheme = "", authority = "", path = "", query = ""] = parts;
  const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? [];
  return { scheme, authority, host, port, path, query };
}

/** A DNS name in lower case without a final dot, an IPv4 address, or an IPv6 address in brackets without a zone. */
export function isHost(host: string): boolean {
  return /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$|^\[[0-9a-f:]+\]$/.test(
    host,
  );
}

/** 1 to 65535 in decimal, without a leading zero. */
export function isPort(port: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535;
}

/** Dot segments, and encoded dots, slashes, backslashes, percents and controls, which some reader would decode. */
export function hasAmbiguousPath(path: string): boolean {
  return /%(?:2[ef5]|5c|[01][0-9a-f]|7f)/i.test(path) || path.split("/").some((part) => /^\.\.?$/.test(part));
}

/** Whether a browser, which reads by the WHATWG URL standard, sees the same scheme, authority and path as is written. */
export function readsAsWritten(uri: string, web: WebUri): boolean {
  if (!URL.canParse(uri)) return false;
  const seen = new URL(uri);
  // Port 80 of a loopback listener is a port like any other: OAuth 2.1 §8.4.2. Elsewhere a default port is refused.
  const unwritten = web.scheme === "http" && web.port === "80" ? ":80" : "";
  return (
    seen.protocol === `${web.scheme}:` &&
    `${seen.host}${unwritten}` === web.authority &&
    seen.pathname === (web.path === "" ? "/" : web.path)
  );
}
