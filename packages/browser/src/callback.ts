import { type ClientOptions, mark } from "./options.ts";

/** OAuth 2.1 §4.1.2, §4.1.2.1 */
export function isAnswer(parameters: URLSearchParams): boolean {
  return parameters.has("state") && (parameters.has("code") || parameters.has("error"));
}

/** What the issuer answered, if this page is the callback of an answer. OAuth 2.1 §4.1.2 */
export function callbackAnswer(options: ClientOptions): Readonly<Record<string, string>> | undefined {
  const here = new URL(location.href);
  const { origin, pathname, search } = new URL(options.redirectUri, location.href);
  const parameters = here.searchParams;
  // Clients may share a callback: another's answer is left to it.
  const [owner] = /\.\w+$/.exec(parameters.get("state") ?? "") ?? [];
  const isAnothers = owner !== undefined && owner !== mark(options);
  if (isAnothers || here.origin !== origin || here.pathname !== pathname || !isAnswer(parameters))
    return undefined;
  // RFC 9700 §4.2.4, §4.3.1: neither the history nor a Referer keeps the code, whatever comes of it.
  history.replaceState(history.state, "", pathname + search);
  return Object.fromEntries(parameters);
}

/** Where the page goes after a sign-in: a path of this origin, else its root. OAuth 2.1 §2.3.6: no open redirector. */
export function ownPath(wanted: string): string {
  const url = new URL(wanted, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : "/";
}

/** The usual way back: routers listen to `popstate`, and a load would end a worker that has only this tab. */
export function returnByHistory(path: string): void {
  history.replaceState(history.state, "", path);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
