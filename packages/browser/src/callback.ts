import { answerOf } from "./oauth/authorization.ts";
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
  const mine = mark(options);
  // Clients may share a callback: another's answer is left to it.
  const [owner = mine] = /\.\w+$/.exec(parameters.get("state") ?? "") ?? [];
  if (owner !== mine || here.origin !== origin || here.pathname !== pathname || !isAnswer(parameters))
    return undefined;
  // RFC 9700 §4.2.4, §4.3.1: neither the history nor a Referer keeps the code, whatever comes of it.
  history.replaceState(history.state, "", pathname + search);
  return answerOf(parameters);
}

/** The usual way back: routers listen to `popstate`, and a load would end a worker that has only this tab. */
export function returnByHistory(path: string): void {
  history.replaceState(history.state, "", path);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
