import { join } from "node:path";
import { plainLook } from "../config/plain-look.ts";
import type { Demo } from "../ports/settings.ts";
import type { Plan } from "../start.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The demonstration's configuration: loopback only, http, one SQLite file. Everything else is as a real server ships it,
 * but for limits that let a test suite from one address through, and documents on loopback, which a developer needs.
 */
export function demoPlan(port: number, data: string, demo: Demo): Plan {
  return {
    store: join(data, "valetkey.sqlite"),
    ring: { file: join(data, "valetkey.keys") },
    listen: { host: "127.0.0.1", port, trustedProxies: [] },
    limits: {
      sign_in: { limit: 100, window: 5 * minute },
      sign_in_address: { limit: 10_000, window: 5 * minute },
      second_factor_day: { limit: 500, window: day },
      token: { limit: 10_000, window: minute },
      registration: { limit: 10_000, window: hour },
      document: { limit: 10_000, window: hour },
      authorization: { limit: 10_000, window: minute },
      device_authorization: { limit: 10_000, window: minute },
      user_code: { limit: 100, window: 10 * minute },
      user_code_all: { limit: 10_000, window: 10 * minute },
      mail: { limit: 1_000, window: 10 * minute },
      mail_address: { limit: 1_000, window: 10 * minute },
      sign_up: { limit: 1_000, window: 10 * minute },
      sign_in_account: { limit: 1_000, window: 10 * minute },
      second_factor: { limit: 1_000, window: 10 * minute },
      password_strength: { limit: 10_000, window: minute },
    },
    rotation: { every: 90 * day, publishAhead: day, keepAfter: 2 * day },
    documents: { allowLoopback: true, maxBytes: 65_536, deadline: 5 },
    unusedClientsAfter: 30 * day,
    mail: { kind: "outbox" },
    breaches: null,
    upstreams: [],
    places: null,
    auditKeep: 400 * day,
    traceKeep: 5000,
    logLevel: "warn",
    settings: (bound) => ({
      issuer: `http://127.0.0.1:${bound}`,
      productName: "Valetkey",
      defaultResource: demo.mcpUrl,
      lifetimes: {
        authorizationCode: minute,
        deviceCode: 10 * minute,
        accessToken: 10 * minute,
        idToken: 10 * minute,
        session: 12 * hour,
        interaction: 30 * minute,
        refreshIdle: 30 * day,
        refreshAbsolute: 180 * day,
        clientSecretOverlap: 7 * day,
      },
      refresh: { grace: 120, unusedSuccessor: 7 * day, lateAnswers: 10, lateWindow: day },
      tokenExchange: { depth: 4 },
      devices: { enabled: true },
      dpop: { requiresNonce: true },
      registration: { enabled: true, appRedirects: ["cursor://anysphere.cursor-mcp/oauth/callback"] },
      documents: {
        enabled: true,
        maxBytes: 65_536,
        minFresh: minute,
        maxFresh: day,
        staleIfError: day,
        allowHosts: [],
        denyHosts: [],
        pinned: true,
        allowLoopback: true,
      },
      signIn: {
        passkeys: false, // no browser makes one for an IP address
        password: true,
        email: true,
        oneTimePasswords: true,
        secondFactor: "optional",
        signUp: "open",
        signUpRoles: [],
        pagesUrl: null,
      },
      look: plainLook,
      demo: { mcpUrl: demo.mcpUrl, apiUrl: demo.apiUrl, accounts: demo.accounts },
    }),
  };
}
