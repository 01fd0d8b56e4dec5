/**
 * Where a person goes after a sign-in: a path of this origin, else its root. OAuth 2.1 §2.3.6: no open redirector. A path
 * that begins with two slashes, as `/.//evil.example` does once it is resolved, would name another host.
 */
export function ownPath(wanted: string, origin: string): string {
  if (!URL.canParse(wanted, origin)) return "/";
  const url = new URL(wanted, origin);
  return url.origin === origin && !/^\/[/\\]/.test(url.pathname) ? url.pathname + url.search + url.hash : "/";
}
