import type { HttpRequest } from "./message.ts";

/**
 * The cookies of a browser. On https they carry the `__Host-` prefix, so that no sibling host can set them
 * (RFC 10017 §6.1.3.2); on a development server's http loopback browsers would refuse that prefix.
 */
export interface Cookies {
  read(request: HttpRequest, name: CookieName): string | undefined;
  set(name: CookieName, value: string, maxAge?: number): string;
  clear(name: CookieName): string;
}

/**
 * `browser` names the browser for its forms and interactions; `session` proves a signed-in person; `language` is a choice;
 * `known` says which accounts signed in here before, and proves nothing but that.
 */
export type CookieName = "browser" | "session" | "language" | "known";

/** Ours are base64url, or pieces of it, and a language is a tag of it; anything else was not set by us. */
const forms: Readonly<Record<CookieName, RegExp>> = {
  browser: /^[A-Za-z0-9_-]{16,128}$/,
  session: /^[A-Za-z0-9_-]{16,128}$/,
  language: /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?$/,
  known: /^[A-Za-z0-9_.~-]{16,1024}$/,
};

export function cookiesOf(issuer: string): Cookies {
  const secure = issuer.startsWith("https:");
  const fullName = (name: CookieName) => (secure ? `__Host-valetkey-${name}` : `valetkey-${name}`);
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return {
    read(request, name) {
      return cookieValue(request.header("cookie"), fullName(name), forms[name]);
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

/** What was not set by us counts as absent. A name sent twice counts as absent. */
function cookieValue(header: string | undefined, name: string, form: RegExp): string | undefined {
  const found = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return found.length === 1 && form.test(found[0] ?? "") ? found[0] : undefined;
}
