import { dropCookie, readCookie, setCookie } from "../bff/cookies.ts";
import { issuerOf } from "../bff/issuer.ts";
import { type BffOptions, settingsOf } from "../bff/options.ts";
import { isOwnNavigation, isOwnScript } from "../bff/same-origin.ts";
import { sessionsOf } from "../bff/sessions.ts";
import { answered, forward, isPlainPath, upstreamUrl } from "../bff/upstream.ts";
import { SignInError } from "../errors.ts";
import { answerOf } from "../oauth/authorization.ts";
import { random, sha256 } from "../oauth/encoding.ts";
import { ownPath } from "../own-path.ts";

export type { BffOptions } from "../bff/options.ts";
export { type KeptSession, type KeptSignIn, memoryStore, type SessionStore } from "../bff/store.ts";

export interface Bff {
  /** Answers what is below its base, and undefined for everything else. */
  fetch(request: Request): Promise<Response | undefined>;
}

/** Seconds that a person has for signing in. */
const signInSeconds = 600;

/**
 * A backend for frontend (RFC 10017): tokens stay here, the page has a cookie that it cannot read. Runs wherever `fetch`
 * does; the page's side is `createBffClient`.
 * @throws TypeError for options that cannot hold
 */
export function createBff(options: BffOptions): Bff {
  const settings = settingsOf(options);
  const { base, store, now, sessionSeconds, origin } = settings;
  const issuer = issuerOf(settings);
  const sessions = sessionsOf(settings, issuer);

  async function signIn(request: Request, url: URL): Promise<Response> {
    if (!isOwnNavigation(request)) return plain(403);
    const asked = url.searchParams;
    const list = (name: string) => asked.get(name)?.split(" ").filter(Boolean) ?? [];
    const age = Number(asked.get("max_age") ?? Number.NaN);
    const maxAge = Number.isSafeInteger(age) && age >= 0 ? age : undefined;
    const open = await sessions.find(request);
    const { url: location, ...begun } = await issuer.ask(
      { scopes: list("scope"), acrValues: list("acr_values"), maxAge },
      open?.session.requested ?? [],
    );
    const returnTo = ownPath(asked.get("return_to") ?? "/", origin);
    const { state, ...kept } = begun;
    const endsAt = now() + signInSeconds;
    await store.begin(await sha256(state), { ...kept, returnTo, maxAge, replaces: open?.name, endsAt });
    return seeOther(location, [setCookie("signIn", state, signInSeconds)]);
  }

  /** The browser that began is the one that ends: its cookie says the same as the answer. OAuth security update §2.3.2 */
  async function callback(request: Request, url: URL): Promise<Response> {
    const answer = answerOf(url.searchParams);
    const state = readCookie(request, "signIn");
    const gone = dropCookie("signIn");
    const begun =
      state !== undefined && state === answer.state ? await store.take(await sha256(state)) : undefined;
    if (!begun || begun.endsAt <= now()) return seeOther("/", [gone]);
    const { returnTo } = begun;
    try {
      const session = await issuer.redeem(answer, begun);
      const before = begun.replaces && (await store.get(begun.replaces));
      if (begun.replaces) await store.delete(begun.replaces);
      // A new name at every sign-in: nobody can have chosen it beforehand.
      const id = random();
      await store.set(await sha256(id), session);
      // Of the same person it is let be: an issuer may end with it what it just granted. RFC 7009 §2.1
      if (before && before.account?.sub !== session.account?.sub)
        await issuer.revoke(before).catch(() => undefined);
      return seeOther(returnTo, [gone, setCookie("session", id, sessionSeconds)]);
    } catch (thrown) {
      if (!(thrown instanceof SignInError)) throw thrown;
      const place = new URL(returnTo, origin);
      const word = thrown.code === "denied" ? thrown.oauthError : undefined;
      place.searchParams.set("sign_in_error", word ?? thrown.code);
      return seeOther(place.pathname + place.search + place.hash, [gone]);
    }
  }

  async function signOut(request: Request): Promise<Response> {
    const open = await sessions.find(request);
    if (open) await store.delete(open.name);
    const location = open && (await issuer.end(open.session).catch(() => undefined));
    return json({ location }, [dropCookie("session")]);
  }

  async function api(request: Request, url: URL): Promise<Response> {
    const path = url.pathname.slice(`${base}/api`.length);
    if (!isPlainPath(path)) return plain(400);
    const target = upstreamUrl(settings, path, url.search);
    if (!target) return plain(404);
    const open = await sessions.find(request);
    if (!open) return plain(401, { [signedOutHeader]: "1" });
    const body = request.body ? await request.arrayBuffer() : undefined;
    const first = await sessions.fresh(open.name);
    const answer = await forward(request, target, body, first.accessToken);
    const isRefused =
      answer.status === 401 && !/insufficient/.test(answer.headers.get("www-authenticate") ?? "");
    if (!isRefused) return answered(answer);
    const second = await sessions.fresh(open.name, first.accessToken);
    return answered(await forward(request, target, body, second.accessToken));
  }

  async function answer(request: Request, url: URL): Promise<Response> {
    const path = url.pathname.slice(base.length);
    if (path === "/sign-in" && request.method === "GET") return await signIn(request, url);
    if (path === "/callback" && request.method === "GET") return await callback(request, url);
    if (!isOwnScript(request)) return plain(403);
    if (path === "/session" && request.method === "GET") {
      const open = await sessions.find(request);
      return json(open ? { account: open.session.account, scopes: open.session.scopes } : {});
    }
    if (path === "/sign-out" && request.method === "POST") return await signOut(request);
    return path.startsWith("/api/") ? await api(request, url) : plain(404);
  }

  return {
    async fetch(request) {
      const url = new URL(request.url);
      if (!url.pathname.startsWith(`${base}/`)) return undefined;
      try {
        return await answer(request, url);
      } catch (thrown) {
        if (thrown instanceof SignInError && thrown.code === "signed_out")
          return plain(401, { [signedOutHeader]: "1" });
        return plain(503); // the issuer or the API is away: the session stands
      }
    },
  };
}

/** Says that it is the session that is missing, where an API's own 401 may mean anything. */
const signedOutHeader = "x-valetkey-signed-out";

function plain(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...headers, "cache-control": "no-store" } });
}

function json(body: object, cookies: readonly string[] = []): Response {
  return withCookies(Response.json(body, { headers: { "cache-control": "no-store" } }), cookies);
}

function seeOther(location: string, cookies: readonly string[]): Response {
  return withCookies(plain(303, { location, "referrer-policy": "no-referrer" }), cookies);
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
