import type { BffSettings } from "./options.ts";

/** What of a page's request goes on, and what of the answer comes back. Everything else stays: cookies above all. */
const onward = ["accept", "accept-language", "content-type", "if-match", "if-none-match", "range"];
const back = ["content-type", "content-range", "etag", "last-modified", "retry-after", "www-authenticate"];

/**
 * Whether every server reads this path alike. The URL parser has resolved dot segments, so that what is below a prefix
 * stays below its place; what an upstream may decode once more to a slash or a dot, or cut at a semicolon to a dot
 * segment, does not pass.
 */
export function isPlainPath(path: string): boolean {
  if (/%(?:2f|5c|25|00)/i.test(path)) return false;
  try {
    return !decodeURIComponent(path)
      .split("/")
      .some((segment) => /^\.\.?(?:;|$)/.test(segment));
  } catch {
    return false; // no UTF-8
  }
}

/**
 * Where a request below `<base>/api` goes: one of the upstreams that were named, and below its path. RFC 10017: the backend
 * talks to hosts on its list alone.
 * @param path what comes after `<base>/api`, as a URL parser gives it and {@link isPlainPath} passes
 */
export function upstreamUrl({ places }: BffSettings, path: string, search: string): URL | undefined {
  const place = places.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  if (!place) return undefined;
  const { prefix, target } = place;
  const url = new URL(target);
  url.pathname = target.pathname.replace(/\/$/, "") + path.slice(prefix.length) || "/";
  url.search = search;
  return url;
}

/** The page's request with the token in the place of the cookie. @throws TypeError when nobody answers */
export function forward(
  request: Request,
  url: URL,
  body: ArrayBuffer | undefined,
  accessToken: string,
): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${accessToken}` });
  for (const name of onward) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return fetch(url, {
    method: request.method,
    headers,
    ...(body && body.byteLength > 0 && { body }),
    // The token goes nowhere else: a redirect is an answer like any other, and not followed.
    redirect: "manual",
    cache: "no-store",
  });
}

/** What the page gets to see of an answer. */
export function answered(response: Response): Response {
  if (response.status >= 300 && response.status < 400 && response.status !== 304)
    return new Response(null, { status: 502 });
  const headers = new Headers({ "cache-control": "no-store" });
  for (const name of back) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, headers });
}
