import { isHost, isPort } from "./web-uri.ts";

const longest = 4_096;
const defaultPorts: Readonly<Record<string, string>> = { http: "80", https: "443" };

/**
 * An http or https URI as RFC 9449 §4.3 compares it: without query and fragment, normalised by RFC 3986 §6.2.2 (case,
 * percent-encoding, dot segments) and §6.2.3 (default port, empty path). A slash at the end of a path stays, an encoded
 * slash stays encoded. undefined for what is no such URI, and for one that names a user.
 */
export function comparableTarget(uri: string): string | undefined {
  const [, scheme = "", authority = "", path = ""] =
    /^(https?):\/\/([^/?#]*)([^?#]*)/i.exec(uri.slice(0, longest)) ?? [];
  const [, host = "", port = ""] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority.toLowerCase()) ?? [];
  if (uri.length > longest || !isHost(host) || (port !== "" && !isPort(port))) return undefined;
  const comparable = comparablePath(path);
  if (comparable === undefined) return undefined;
  const shown = port === "" || port === defaultPorts[scheme.toLowerCase()] ? "" : `:${port}`;
  return `${scheme.toLowerCase()}://${host}${shown}${comparable}`;
}

/**
 * Printable ASCII; what RFC 3986 wants encoded and browsers leave bare (`|`, `[`) is encoded. A backslash is refused:
 * half of all readers take it for a slash.
 */
function comparablePath(path: string): string | undefined {
  if (!/^(?:[!"$&-[\]-~]|%[0-9A-Fa-f]{2})*$/.test(path)) return undefined;
  const encoded = path
    .replace(/%[0-9A-Fa-f]{2}/g, (triplet) => {
      const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
      return /[A-Za-z0-9\-._~]/.test(character) ? character : triplet.toUpperCase();
    })
    .replace(/["<>[\]^`{|}]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return withoutDots(encoded);
}

/** RFC 3986 §5.2.4, for a path that is empty or begins with a slash. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, at) => {
    const isLast = at === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== ".." && segment !== ".") kept.push(segment);
    else if (isLast) kept.push("");
  });
  return `/${kept.join("/")}`;
}
