import { join } from "node:path";
import type { LogLevel } from "../../packages/server/src/adapters/audit/logger.ts";
import type { Timeouts } from "../../packages/server/src/http/node.ts";
import type { Settings } from "../../packages/server/src/ports/settings.ts";
import type { Plan } from "../../packages/server/src/start.ts";
import { usualSettings } from "../../packages/server/src/testing/a-server.ts";

/** What an attack says of the server that it attacks; the rest is as a real one is set. Plain JSON, for a process. */
export interface PlanOptions {
  /** Of the key file, and of the database when `store` names none. */
  readonly folder: string;
  readonly store?: string;
  readonly issuer?: string;
  readonly allowLoopback?: boolean;
  readonly trustedProxies?: readonly string[];
  readonly timeouts?: Timeouts;
  readonly logLevel?: LogLevel;
  /** Failures of one kind that are too many; a million. */
  readonly limit?: number;
  readonly settings?: Partial<Settings>;
}

export const issuer = "https://auth.example.com";
export const host = "auth.example.com";

export function attackPlan(options: PlanOptions): Plan {
  const { folder, limit = 1_000_000 } = options;
  const usual = usualSettings(options.issuer ?? issuer);
  const documents = { ...usual.documents, allowLoopback: options.allowLoopback ?? false };
  const limited = { limit, window: 600 };
  const day = 86_400;
  return {
    store: options.store ?? join(folder, "valetkey.sqlite"),
    ring: { file: join(folder, "valetkey.keys") },
    listen: {
      host: "127.0.0.1",
      port: 0,
      trustedProxies: options.trustedProxies ?? [],
      ...(options.timeouts ? { timeouts: options.timeouts } : {}),
    },
    limits: {
      sign_in: limited,
      sign_in_address: limited,
      second_factor_day: limited,
      token: limited,
      registration: limited,
      document: limited,
      authorization: limited,
      device_authorization: limited,
      user_code: limited,
      user_code_all: limited,
      mail: limited,
      mail_address: limited,
      sign_up: limited,
      sign_in_account: limited,
      second_factor: limited,
      password_strength: limited,
    },
    rotation: { every: 90 * day, publishAhead: day, keepAfter: 2 * day },
    documents: { allowLoopback: documents.allowLoopback, maxBytes: documents.maxBytes, deadline: 2 },
    unusedClientsAfter: 30 * day,
    mail: { kind: "none" },
    breaches: null,
    upstreams: [],
    places: null,
    auditKeep: 400 * day,
    traceKeep: 100_000,
    logLevel: options.logLevel ?? "silent",
    settings: () => ({ ...usual, documents, ...options.settings }),
  };
}
