import { memoryStore, type SessionStore } from "./store.ts";

/** What `createBff` is given. */
export interface BffOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Sent as HTTP Basic (RFC 6749 §2.3.1). Without one the client is public, and PKCE alone proves it. */
  readonly clientSecret?: string;
  /** The app's public origin, `https://app.example`. `<origin><base>/callback` is registered at the issuer. */
  readonly origin: string;
  /** The path of these endpoints; `/bff`. */
  readonly base?: string;
  readonly scope: string;
  readonly resource?: string;
  /**
   * The only places that a page's request and the token may go, by the path below `<base>/api` that leads there:
   * `{ "/notes": "https://api.example/notes" }`.
   */
  readonly upstreams: Readonly<Record<string, string>>;
  /** In memory of this process unless something else is said. */
  readonly store?: SessionStore;
  /** Seconds after which the person signs in anew, whatever they do; 43,200. */
  readonly sessionSeconds?: number;
  readonly postLogoutRedirectUri?: string;
  /** Seconds since 1970. */
  readonly now?: () => number;
}

export interface BffSettings extends BffOptions {
  readonly base: string;
  readonly redirectUri: string;
  readonly store: SessionStore;
  readonly sessionSeconds: number;
  readonly now: () => number;
  readonly places: readonly { readonly prefix: string; readonly target: URL }[];
}

/** @throws TypeError for what cannot hold */
export function settingsOf(options: BffOptions): BffSettings {
  const now = options.now ?? (() => Math.floor(Date.now() / 1000));
  const { origin, base = "/bff" } = options;
  if (new URL(origin).origin !== origin) throw new TypeError("origin is a scheme, a host and maybe a port.");
  if (!/^(\/[\w-]+)+$/.test(base)) throw new TypeError("base is a path without a final slash.");
  const places = Object.entries(options.upstreams).map(([prefix, url]) => {
    if (!/^(\/[\w.-]+)+$/.test(prefix)) throw new TypeError(`${prefix} is no path without a final slash.`);
    const target = new URL(url);
    const isLoopback = ["127.0.0.1", "[::1]", "localhost"].includes(target.hostname);
    if (target.protocol !== "https:" && !isLoopback) throw new TypeError(`${url} is not on https.`);
    if (target.search || target.hash || target.username) throw new TypeError(`${url} is more than a place.`);
    return { prefix, target };
  });
  // A place within another's is the nearer one.
  places.sort((one, other) => other.prefix.length - one.prefix.length);
  return {
    ...options,
    base,
    places,
    now,
    redirectUri: `${origin}${base}/callback`,
    store: options.store ?? memoryStore(now),
    sessionSeconds: options.sessionSeconds ?? 43_200,
  };
}
