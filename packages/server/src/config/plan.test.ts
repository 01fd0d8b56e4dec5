import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Plan } from "../start.ts";
import { loadConfig } from "./load.ts";
import { planOf, settingsOf } from "./plan.ts";

describe("plan", () => {
  it("hands every setting on under the core's names", async () => {
    const text = `
issuer: https://auth.example.com
product_name: Example
listen: {host: "::1", port: 1}
trusted_proxies: [10.0.0.1]
store: /a.sqlite
key_file: /a.keys
places_file: /srv/places.mmdb
default_resource: https://mcp.example.com
lifetimes: {authorization_code: 2s, device_code: 65s, access_token: 13s, id_token: 14s, session: 61s, interaction: 62s, refresh_idle: 63s, refresh_absolute: 64s, client_secret_overlap: 9s}
refresh: {grace: 11s, unused_successor: 12s, late_answers: 3, late_window: 15s}
token_exchange: {depth: 5}
dpop: {require_nonce: false}
device_authorization: {enabled: false}
registration: {enabled: false, unused_after: 2h, app_redirects: ["app:/cb"]}
client_metadata_documents: {enabled: false, max_bytes: 2000, timeout: 16s, min_fresh: 17s, max_fresh: 18s, stale_if_error: 19s, allow_hosts: [a.example], deny_hosts: [.b.example], pinned: false}
rate_limits: {sign_in: {limit: 21, window: 22s, longest: 20s}, sign_in_address: {limit: 23, window: 24s}, second_factor: {limit: 61, window: 62s}, second_factor_day: {limit: 63, window: 64s}, token: {limit: 25, window: 26s}, registration: {limit: 27, window: 28s}, document: {limit: 32, window: 33s}, authorization: {limit: 29, window: 30s}, device_authorization: {limit: 34, window: 35s}, user_code: {limit: 36, window: 37s}, user_code_all: {limit: 38, window: 39s}, mail: {limit: 40, window: 41s}, mail_address: {limit: 42, window: 43s}, sign_up: {limit: 44, window: 45s}, sign_in_account: {limit: 46, window: 47s}, password_strength: {limit: 65, window: 66s}}
passwords: {breach_check: true, breach_url: "https://mirror.example/"}
mail: {smtp: "smtps://x@mail.example:2", password: pw, from: "N <n@example>"}
sign_in: {passkeys: false, password: false, email: false, one_time_passwords: true, second_factor: required, sign_up: open, sign_up_roles: [member], pages_url: "https://login.example/"}
upstreams: {work: {kind: oidc, issuer: "https://id.example", client_id: a}}
look: {accent: "#0B6E4F", background_dark: "#101010", languages: [de], texts: {de: {signIn.title: Hallo}}, links: {terms: https://example.com/terms}, clients: {x: {product_name: X, accent_dark: "#8fadff"}}}
signing_keys: {rotate_every: 3h, publish_ahead: 2h, keep_after: 1h}
limits: {header_bytes: 20000}
audit: {keep: 4d}
trace: {keep: 31}
log: {level: warn}
`;
    const { settings, ...plan }: Plan = planOf(await loadConfig({ text, env: {} }), "keys");
    assert.deepEqual(plan, {
      store: "/a.sqlite",
      ring: { file: "/a.keys", text: "keys" },
      listen: { host: "::1", port: 1, trustedProxies: ["10.0.0.1"], headerBytes: 20_000 },
      limits: {
        sign_in: { limit: 21, window: 22, longest: 20 },
        sign_in_address: { limit: 23, window: 24 },
        second_factor: { limit: 61, window: 62 },
        second_factor_day: { limit: 63, window: 64 },
        token: { limit: 25, window: 26 },
        registration: { limit: 27, window: 28 },
        document: { limit: 32, window: 33 },
        authorization: { limit: 29, window: 30 },
        device_authorization: { limit: 34, window: 35 },
        user_code: { limit: 36, window: 37 },
        user_code_all: { limit: 38, window: 39 },
        mail: { limit: 40, window: 41 },
        mail_address: { limit: 42, window: 43 },
        sign_up: { limit: 44, window: 45 },
        sign_in_account: { limit: 46, window: 47 },
        password_strength: { limit: 65, window: 66 },
      },
      rotation: { every: 10_800, publishAhead: 7200, keepAfter: 3600 },
      documents: { allowLoopback: false, maxBytes: 2000, deadline: 16 },
      unusedClientsAfter: 7200,
      mail: {
        kind: "smtp",
        host: "mail.example",
        port: 2,
        security: "tls",
        user: "x",
        password: "pw",
        from: { name: "N", address: "n@example" },
        name: "auth.example.com",
      },
      upstreams: [
        {
          ...{ id: "work", kind: "oidc", name: "work", isEnabled: true, signsUp: false, linksByEmail: false },
          ...{ trustsMfa: false, trustsEmail: null, issuer: "https://id.example", tenant: "common" },
          ...{ clientId: "a", clientSecret: null, keyFile: null, keyId: null, teamId: null },
          ...{ scopes: null, domains: [] },
        },
      ],
      breaches: { url: "https://mirror.example/" },
      places: "/srv/places.mmdb",
      auditKeep: 345_600,
      traceKeep: 31,
      logLevel: "warn",
    });
    assert.deepEqual(settings(1), {
      issuer: "https://auth.example.com",
      productName: "Example",
      defaultResource: "https://mcp.example.com",
      lifetimes: {
        authorizationCode: 2,
        deviceCode: 65,
        accessToken: 13,
        idToken: 14,
        session: 61,
        interaction: 62,
        refreshIdle: 63,
        refreshAbsolute: 64,
        clientSecretOverlap: 9,
      },
      refresh: { grace: 11, unusedSuccessor: 12, lateAnswers: 3, lateWindow: 15 },
      dpop: { requiresNonce: false },
      devices: { enabled: false },
      tokenExchange: { depth: 5 },
      registration: { enabled: false, appRedirects: ["app:/cb"] },
      documents: {
        enabled: false,
        maxBytes: 2000,
        minFresh: 17,
        maxFresh: 18,
        staleIfError: 19,
        allowHosts: ["a.example"],
        denyHosts: [".b.example"],
        pinned: false,
        allowLoopback: false,
      },
      signIn: {
        passkeys: false,
        password: false,
        email: false,
        oneTimePasswords: true,
        secondFactor: "required",
        signUp: "open",
        signUpRoles: ["member"],
        pagesUrl: "https://login.example/",
      },
      look: {
        logo: null,
        logoDark: null,
        colors: { accent: "#0b6e4f", accentDark: null, background: null, backgroundDark: "#101010" },
        css: "",
        texts: { de: { "signIn.title": "Hallo" } },
        languages: ["de"],
        links: { privacy: null, terms: "https://example.com/terms", support: null },
        clients: {
          x: {
            productName: "X",
            logo: null,
            colors: { accent: null, accentDark: "#8fadff", background: null, backgroundDark: null },
          },
        },
      },
      demo: null,
    });
  });

  it("reads documents on loopback only where the issuer itself is on loopback by http", async () => {
    const config = await loadConfig({ text: "issuer: http://127.0.0.1:8080", env: {} });
    assert.equal(settingsOf(config).documents.allowLoopback, true);
    assert.equal(planOf(config, undefined).documents.allowLoopback, true);
  });
});
