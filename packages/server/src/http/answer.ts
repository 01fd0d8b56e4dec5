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
  /** Whether our own answer to the page's form may lead on to a client. */
  readonly leaves?: boolean;
  /** The URL of the one script that the page has; absent for none. */
  readonly script?: string;
  /** Whether that script asks this server. */
  readonly asks?: boolean;
  readonly headers?: Headers;
}

/**
 * An HTML page: no script but the one that is named, no framing, no cache, no referrer beyond ourselves. OAuth 2.1 §7.11, RFC 9700 §4.2.4. No
 * Cross-Origin-Opener-Policy: it would cut a client that opened us in a pop-up window off from its own answer.
 */
export function page(html: string, options: PageOptions = {}): HttpResponse {
  const { status = 200, cookies = [], leaves = false, script, asks = false, headers = {} } = options;
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": contentSecurityPolicy(leaves, script, asks),
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

/**
 * Browsers hold every redirect that follows a form against form-action, those of the client's callback included: a
 * command-line tool that sends the browser on to its thanks would end on a page where nothing happens. Where a form may
 * lead to a client it is therefore left out; nothing on our pages could be turned into a form of somebody else's.
 */
function contentSecurityPolicy(leaves: boolean, script: string | undefined, asks: boolean): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    ...(script === undefined ? [] : [`script-src ${script}`]),
    ...(asks ? ["connect-src 'self'"] : []),
    ...(leaves ? [] : ["form-action 'self'"]),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
