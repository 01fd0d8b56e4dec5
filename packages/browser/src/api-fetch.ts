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
  const places = [options.api ?? options.resource ?? []].flat().map(placeOf);
  /** The newest of each origin. RFC 9449 §8.2 */
  const nonces = new Map<string, string>();

  return async (input, init) => {
    const request = new Request(input, init);
    const { url } = request;
    const { origin } = new URL(url);
    const target = placeOf(url);
    if (!places.some((place) => target.startsWith(place)))
      throw new SignInError("target", `No token goes to ${target}.`);
    let refused: string | undefined;
    let hasNonce = false;
    for (;;) {
      const { method } = request;
      const headers = await ask("authorize", { method, url, refused, nonce: nonces.get(origin) });
      // A copy goes out, so that there is a body to send again.
      const sent = request.clone();
      for (const [name, value] of Object.entries(headers)) sent.headers.set(name, value);
      const response = await fetch(sent);
      const nonce = response.headers.get("dpop-nonce");
      if (nonce) nonces.set(origin, nonce);
      const { status } = response;
      if (status !== 401 && status !== 403) return response;

      const errors = refusalOf(response);
      if (status !== 401) return response;
      // RFC 9449 §9: the same token, the nonce in the proof; before a new token or after it, each of the two once.
      const wantsNonce = errors.includes("use_dpop_nonce");
      if (wantsNonce ? hasNonce : refused) return response;
      if (wantsNonce) hasNonce = true;
      else refused = headers.authorization;
    }
  };
}

/** Origin and path, each whole: what begins with another's is of the same origin and at the same path or below. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url, location.href);
  return origin + pathname.replace(/\/?$/, "/");
}
