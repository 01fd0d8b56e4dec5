import { clientAuthenticator } from "./clients/authenticate.ts";
import { clientKeys } from "./clients/client-keys.ts";
import { documentReader } from "./clients/metadata-document.ts";
import { assertionCheck } from "./clients/methods/private-key-jwt.ts";
import { clientResolver } from "./clients/resolve.ts";
import type { Context } from "./endpoints/context.ts";
import { routes } from "./endpoints/index.ts";
import { liveAccessToken } from "./endpoints/live-token.ts";
import { lookOf } from "./endpoints/look.ts";
import { passkeyScriptOf } from "./endpoints/passkey-script.ts";
import { passwordScriptOf } from "./endpoints/password-script.ts";
import { postOf } from "./endpoints/post.ts";
import { notFoundPage } from "./endpoints/refusal-page.ts";
import { grantTable } from "./grants/index.ts";
import { cookiesOf } from "./http/cookies.ts";
import { fetchEdge } from "./http/fetch.ts";
import { requireOwnHost } from "./http/host.ts";
import { type Handler, router } from "./http/router.ts";
import type { AuditLog } from "./ports/audit-log.ts";
import type { Breaches } from "./ports/breaches.ts";
import type { Clock } from "./ports/clock.ts";
import type { Keys } from "./ports/keys.ts";
import type { Limiter } from "./ports/limiter.ts";
import type { Mailer } from "./ports/mailer.ts";
import type { OneTimePasswords } from "./ports/one-time-passwords.ts";
import type { Outbound } from "./ports/outbound.ts";
import type { PasskeysOf } from "./ports/passkeys.ts";
import type { Passwords } from "./ports/passwords.ts";
import type { Places } from "./ports/places.ts";
import type { Settings } from "./ports/settings.ts";
import type { Store } from "./ports/store.ts";
import type { Strength } from "./ports/strength.ts";
import type { Upstreams } from "./ports/upstreams.ts";
import { possible } from "./sign-in/possible.ts";
import { wayTable } from "./sign-in/ways/index.ts";
import { dpopNonces } from "./tokens/dpop-nonces.ts";
import { proofReader } from "./tokens/dpop-proof.ts";
import { RevocationFeed } from "./tokens/revocation-feed.ts";

/** What the core asks of the world; `start.ts` chooses the adapters, an embedding app may bring its own. */
export interface Ports {
  readonly store: Store;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly passkeysOf: PasskeysOf;
  readonly oneTimePasswords: OneTimePasswords;
  readonly strength: Strength;
  readonly breaches: Breaches;
  readonly mailer: Mailer;
  readonly upstreams: Upstreams;
  readonly places: Places;
  readonly limiter: Limiter;
  readonly outbound: Outbound;
  readonly audit: AuditLog;
}

export interface Server {
  /** Plain records in and out: the listener of `valetkey start`, and tests without a port. */
  readonly handle: Handler;
  /** The web's `Request` and `Response`: embeds in any framework. `address` is the caller's, for limits and the trace. */
  fetch(request: Request, about?: { readonly address?: string }): Promise<Response>;
  /** Answers those who wait for news at the revocation feed, and lets nobody wait again: before a listener closes. */
  endWaits(): void;
}

/** The core, wired: an OAuth 2.1 authorization server and OpenID Provider. Opens nothing, knows no adapter. */
export function createServer(given: Settings, ports: Ports): Server {
  const settings = possible(given, ports.mailer.kind !== "none");
  const { store, keys, clock, audit, outbound, limiter } = ports;
  const resolveClient = clientResolver(store, documentReader({ store, outbound, settings, limiter }));
  const feed = new RevocationFeed(store, clock, settings);
  const basePath = new URL(settings.issuer).pathname.replace(/\/$/, "");
  const look = lookOf(settings, basePath);
  const context: Context = {
    ...ports,
    settings,
    cookies: cookiesOf(settings.issuer),
    resolveClient,
    authenticate: clientAuthenticator(
      resolveClient,
      assertionCheck(settings.issuer, clientKeys(outbound), store),
    ),
    readProof: proofReader({
      store,
      nonces: dpopNonces(keys, settings.issuer),
      requiresNonce: settings.dpop.requiresNonce,
    }),
    feed,
    grants: grantTable({ store, keys, settings, audit }, (token, now) =>
      liveAccessToken({ keys, store, settings }, token, now),
    ),
    ways: wayTable(),
    passkeys: ports.passkeysOf({ issuer: settings.issuer, name: settings.productName }),
    passkeyScript: passkeyScriptOf(ports.passkeysOf, settings.issuer),
    passwordScript: passwordScriptOf(settings.issuer),
    look,
    post: postOf(ports.mailer, look, settings),
    basePath,
  };
  const route = router(routes(context), (request) => notFoundPage(context, request), audit, clock);
  const handle = requireOwnHost(settings.issuer, route, audit, clock);
  return { handle, fetch: fetchEdge(handle), endWaits: () => feed.close() };
}
