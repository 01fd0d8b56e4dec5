import type { LoadedConfig } from "./load.ts";
import { lookOf } from "./look.ts";
import { mailPlanOf } from "./mail-plan.ts";
import type { Config } from "./schema.ts";
import { signInOf } from "./sign-in-plan.ts";
import { upstreamPlansOf } from "./upstream-plan.ts";

/** What `start` asks for, from the configuration and the keys that the environment may hold. */
export function planOf(config: LoadedConfig, keys: string | undefined) {
  const { signing_keys: rotation, client_metadata_documents: documents } = config;
  return {
    store: config.store,
    ring: { file: config.key_file, text: keys },
    listen: {
      host: config.listen.host,
      port: config.listen.port,
      trustedProxies: config.trusted_proxies,
      headerBytes: config.limits.header_bytes,
    },
    limits: config.rate_limits,
    rotation: {
      every: rotation.rotate_every,
      publishAhead: rotation.publish_ahead,
      keepAfter: rotation.keep_after,
    },
    documents: {
      allowLoopback: isDevelopment(config),
      maxBytes: documents.max_bytes,
      deadline: documents.timeout,
    },
    unusedClientsAfter: config.registration.unused_after,
    mail: mailPlanOf(config),
    upstreams: upstreamPlansOf(config),
    breaches: config.passwords.breach_check ? { url: config.passwords.breach_url } : null,
    places: config.places_file ?? null,
    auditKeep: config.audit.keep,
    traceKeep: config.trace.keep,
    logLevel: config.log.level,
    settings: () => settingsOf(config),
  };
}

/** What the core asks for: `Settings` of the ports, which this room does not know; `plan.test.ts` holds the two together. */
export function settingsOf(config: Config) {
  const { lifetimes, refresh, registration, client_metadata_documents: documents } = config;
  return {
    issuer: config.issuer,
    productName: config.product_name,
    defaultResource: config.default_resource ?? null,
    lifetimes: {
      authorizationCode: lifetimes.authorization_code,
      deviceCode: lifetimes.device_code,
      accessToken: lifetimes.access_token,
      idToken: lifetimes.id_token,
      session: lifetimes.session,
      interaction: lifetimes.interaction,
      refreshIdle: lifetimes.refresh_idle,
      refreshAbsolute: lifetimes.refresh_absolute,
      clientSecretOverlap: lifetimes.client_secret_overlap,
    },
    refresh: {
      grace: refresh.grace,
      unusedSuccessor: refresh.unused_successor,
      lateAnswers: refresh.late_answers,
      lateWindow: refresh.late_window,
    },
    tokenExchange: { depth: config.token_exchange.depth },
    devices: { enabled: config.device_authorization.enabled },
    dpop: { requiresNonce: config.dpop.require_nonce },
    registration: { enabled: registration.enabled, appRedirects: registration.app_redirects },
    documents: {
      enabled: documents.enabled,
      maxBytes: documents.max_bytes,
      minFresh: documents.min_fresh,
      maxFresh: documents.max_fresh,
      staleIfError: documents.stale_if_error,
      allowHosts: documents.allow_hosts,
      denyHosts: documents.deny_hosts,
      pinned: documents.pinned,
      allowLoopback: isDevelopment(config),
    },
    signIn: signInOf(config),
    look: lookOf(config),
    demo: null,
  };
}

/** CIMD §8.6: documents on loopback are read only by a server that is on loopback itself; `http` is allowed nowhere else. */
function isDevelopment({ issuer }: Config): boolean {
  return issuer.startsWith("http:");
}
