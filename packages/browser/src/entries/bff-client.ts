import type { Client } from "../client.ts";
import { SignInError, type SignInErrorCode } from "../errors.ts";
import { news } from "../messages.ts";
import type { Account, Session } from "../session.ts";
import { SessionSource } from "../session-source.ts";
import { refusalOf } from "../step-up.ts";

/** What a sign-in can come to by the backend's own word; everything else is the issuer's. */
const ownWords: readonly SignInErrorCode[] = ["callback", "issuer", "unreachable", "signed_out"];

/**
 * The page's side of a backend for frontend: no token comes here, a cookie says who it is. `fetch` takes paths below the
 * backend's `api`: `client.fetch("/notes")`. Everything else is as with `createClient`.
 */
export function createBffClient({ base = "/bff" }: { readonly base?: string } = {}): Client {
  const source = new SessionSource();
  const tabs = new BroadcastChannel(news);
  let started: Promise<Session> | undefined;

  /** RFC 10017: the header is what another site's page cannot send. */
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("x-valetkey", "1");
    try {
      return await fetch(base + path, { ...init, headers, credentials: "same-origin", redirect: "error" });
    } catch (cause) {
      throw new SignInError("unreachable", "The backend does not answer.", { cause });
    }
  }

  async function look(error?: SignInError): Promise<Session> {
    const response = await ask("/session");
    if (!response.ok) throw new SignInError("unreachable", `The backend answered ${response.status}.`);
    const { account, scopes }: { account?: Account; scopes?: readonly string[] } = await response.json();
    return source.set(
      scopes ? { status: "signed-in", account, scopes, error } : { status: "signed-out", error },
    );
  }

  /** A backend that does not answer signs nobody out. */
  function failed(error: SignInError): Session {
    const known = source.session();
    return source.set(known.status === "signed-in" ? { ...known, error } : { status: "signed-out", error });
  }

  /** What the backend's callback says of a sign-in that failed; the URL is clean afterwards. */
  function callbackError(): SignInError | undefined {
    const url = new URL(location.href);
    const word = url.searchParams.get("sign_in_error");
    if (word === null) return undefined;
    url.searchParams.delete("sign_in_error");
    history.replaceState(history.state, "", url);
    // Anybody can write such a link: it says a word, and no sentence that a page might show.
    if (!/^\w{1,40}$/.test(word)) return undefined;
    const own = ownWords.find((code) => code === word);
    return new SignInError(own ?? "denied", word, { oauthError: own ? undefined : word });
  }

  tabs.onmessage = ({ data }) => {
    if (data === base && started) look().catch(failed);
  };
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && started) look().catch(failed);
  });

  return {
    session: source.session,
    subscribe: source.subscribe,
    start() {
      started ??= look(callbackError()).catch(failed);
      return started;
    },
    async signIn({ stepUp, scopes = [], acrValues = [], maxAge, returnTo = location.href } = {}) {
      const wanted = stepUp?.kind === "authentication" ? stepUp : { acrValues, maxAge };
      const query = new URLSearchParams({ return_to: new URL(returnTo, location.href).href });
      const all = stepUp?.kind === "scope" ? [...scopes, ...stepUp.scopes] : scopes;
      if (all.length > 0) query.set("scope", all.join(" "));
      if (wanted.acrValues.length > 0) query.set("acr_values", wanted.acrValues.join(" "));
      if (wanted.maxAge !== undefined) query.set("max_age", String(wanted.maxAge));
      location.assign(`${base}/sign-in?${query}`);
    },
    async signOut({ local = false } = {}) {
      const response = await ask("/sign-out", { method: "POST" });
      if (!response.ok) throw new SignInError("unreachable", `The backend answered ${response.status}.`);
      const { location: place }: { location?: string } = await response.json();
      source.set({ status: "signed-out" });
      tabs.postMessage(base);
      if (place && !local) location.assign(place);
    },
    async fetch(input, init) {
      if (typeof input !== "string" || !input.startsWith("/"))
        throw new SignInError("target", "The backend takes paths.");
      const response = await ask(`/api${input}`, init);
      if (response.headers.has("x-valetkey-signed-out")) {
        source.set({ status: "signed-out" });
        throw new SignInError("signed_out", "Nobody is signed in.");
      }
      if (response.status === 401 || response.status === 403) refusalOf(response);
      return response;
    },
  };
}
