import type { HttpRequest } from "./message.ts";

/**
 * The two cookies of a browser. On https they carry the `__Host-` prefix, so that no sibling host can set them
 * (RFC 10017 §6.1.3.2); on a development server's http loopback browsers would refuse that prefix.
 */
export interface Cookies {
  read(request: HttpRequest, name: CookieName): string | undefined;
  set(name: CookieName, value: string, maxAge?: number): string;
  clear(name: CookieName): string;
}

/** `browser` names the browser for its forms and interactions; `session` proves a signed-in person. */
export type CookieName = "browser" | "session";

export function cookiesOf(issuer: string): Cookies {
  const secure = issuer.startsWith("https:");
  const fullName = (name: CookieName) => (secure ? `__Host-valetkey-${name}` : `valetkey-${name}`);
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return {
    read(request, name) {
      return cookieValue(request.header("cookie"), fullName(name));
    },
    set(name, value, maxAge) {
      const age = maxAge === undefined ? "" : `; Max-Age=${maxAge}`;
      return `${fullName(name)}=${value}; ${attributes}${age}`;
    },
    clear(name) {
      return `${fullName(name)}=; ${attributes}; Max-Age=0`;
    },
  };
}

/** Our values are base64url; anything else was not set by us and counts as absent. A name sent twice counts as absent. */
function cookieValue(header: string | undefined, name: string): string | undefined {
  const found = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return found.length === 1 && /^[A-Za-z0-9_-]{16,128}$/.test(found[0] ?? "") ? found[0] : undefined;
}
