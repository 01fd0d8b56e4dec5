/**
 * RFC 10017, backend for frontend: `__Host-` lets no other host or path set it, HttpOnly no script read it. The session's
 * comes with no request of another site. The sign-in's has to come back from the issuer's, so it is Lax, and lives for
 * minutes.
 */
const cookies = {
  session: { name: "__Host-valetkey-session", sameSite: "Strict" },
  signIn: { name: "__Host-valetkey-sign-in", sameSite: "Lax" },
} as const;

export type CookieName = keyof typeof cookies;

/** @param seconds how long the browser keeps it */
export function setCookie(cookie: CookieName, value: string, seconds: number): string {
  const { name, sameSite } = cookies[cookie];
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${sameSite}; Max-Age=${seconds}`;
}

export function dropCookie(cookie: CookieName): string {
  return setCookie(cookie, "", 0);
}

/** The value, of a shape that this backend makes; undefined for any other. */
export function readCookie(request: Request, cookie: CookieName): string | undefined {
  const { name } = cookies[cookie];
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value !== undefined && /^[\w-]{43}(?:\.\w+)?$/.test(value) ? value : undefined;
}
