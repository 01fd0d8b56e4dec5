import type { HttpResponse } from "./message.ts";

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A JSON answer that no cache keeps. OAuth 2.1 §3.2.3. */
export function json(status: number, body: object, headers: Headers = {}): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}

/** A public JSON document that caches may keep for `maxAge` seconds. */
export function document(body: object, maxAge: number): HttpResponse {
  return json(200, body, { "cache-control": `public, max-age=${maxAge}` });
}

export interface PageOptions {
  readonly status?: number;
  readonly cookies?: readonly string[];
  /** Where a form on the page may lead after our own answer: the client's redirect URI. */
  readonly leadsTo?: string | undefined;
  readonly headers?: Headers;
}

/**
 * An HTML page: no script, no framing, no cache, no referrer beyond ourselves. OAuth 2.1 §7.11, RFC 9700 §4.2.4. No
 * Cross-Origin-Opener-Policy: it would cut a client that opened us in a pop-up window off from its own answer.
 */
export function page(html: string, options: PageOptions = {}): HttpResponse {
  const { status = 200, cookies = [], leadsTo, headers = {} } = options;
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": contentSecurityPolicy(leadsTo),
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      ...(cookies.length > 0 ? { "set-cookie": cookies } : {}),
      ...headers,
    },
    body: html,
  };
}

/** 303, so that a browser turns a POST with credentials into a GET without them. OAuth 2.1 §7.5.4. */
export function seeOther(location: string, cookies: readonly string[] = []): HttpResponse {
  return {
    status: 303,
    headers: {
      location,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-frame-options": "DENY",
      ...(cookies.length > 0 ? { "set-cookie": cookies } : {}),
    },
    body: "",
  };
}

function contentSecurityPolicy(leadsTo: string | undefined): string {
  const target = leadsTo === undefined ? "" : formTarget(leadsTo);
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action 'self'${target}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}

/**
 * Browsers hold the redirect that follows a form against form-action too, so the client's own origin is named.
 * CSP has no way to write an IPv6 literal or the host of an app scheme: there the scheme alone stands.
 */
function formTarget(uri: string): string {
  const url = new URL(uri);
  const hasHost = url.protocol === "https:" || url.protocol === "http:";
  return hasHost && !url.hostname.startsWith("[") ? ` ${url.origin}` : ` ${url.protocol}`;
}
