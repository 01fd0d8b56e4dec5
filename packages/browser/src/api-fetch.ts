import { SignInError } from "./errors.ts";
import type { ClientOptions } from "./options.ts";
import { refusalOf } from "./step-up.ts";
import type { Ask } from "./worker-link.ts";

/**
 * `fetch` for the client's API: it brings the token, once more with a new one when the API refuses it, and says by a typed
 * error what the person has to be asked for. The API lists `WWW-Authenticate` and `DPoP-Nonce` in
 * `Access-Control-Expose-Headers` if it is of another origin.
 */
export function apiFetch(options: ClientOptions, ask: Ask): typeof fetch {
  const places = [options.api ?? options.resource ?? []].flat().map((url) => new URL(url, location.href));
  /** The newest of each origin. RFC 9449 §8.2 */
  const nonces = new Map<string, string>();

  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (!places.some((place) => isWithin(url, place)))
      throw new SignInError("target", `No token goes to ${url.origin}${url.pathname}.`);
    let refused: string | undefined;
    let hasNonce = false;
    for (;;) {
      const { method } = request;
      const headers = await ask("authorize", {
        method,
        url: url.href,
        refused,
        nonce: nonces.get(url.origin),
      });
      // A copy goes out, so that there is a body to send again.
      const sent = new Request(request.clone(), { headers: joined(request.headers, headers) });
      const response = await fetch(sent);
      const nonce = response.headers.get("dpop-nonce");
      if (nonce) nonces.set(url.origin, nonce);
      if (response.status !== 401 && response.status !== 403) return response;

      const errors = refusalOf(response);
      if (response.status !== 401) return response;
      // RFC 9449 §9: the same token, the nonce in the proof; before a new token or after it, each of the two once.
      const wantsNonce = errors.includes("use_dpop_nonce");
      if (wantsNonce ? hasNonce : refused !== undefined) return response;
      if (wantsNonce) hasNonce = true;
      else refused = headers.authorization;
    }
  };
}

/** Same origin, and the same path or one below it. */
function isWithin(url: URL, place: URL): boolean {
  const path = place.pathname.replace(/\/$/, "");
  return url.origin === place.origin && (url.pathname === path || url.pathname.startsWith(`${path}/`));
}

function joined(before: Headers, more: Readonly<Record<string, string>>): Headers {
  const all = new Headers(before);
  for (const [name, value] of Object.entries(more)) all.set(name, value);
  return all;
}
