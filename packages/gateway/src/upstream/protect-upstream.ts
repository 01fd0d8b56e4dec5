import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGuard, type GuardOptions } from "@valetkey/resource";
import type { RuleScope, Rules } from "../rules/rules.ts";
import { type UpstreamHandler, upstreamHandler } from "./handler.ts";
import type { UpstreamOptions } from "./options.ts";
import { isWebSocketRequest } from "./tunnel.ts";

// As in gateway.ts: no import of node:http's lazy exports.
const { createServer } = process.getBuiltinModule("node:http");

export interface ProtectUpstreamOptions extends Omit<UpstreamOptions, "guard" | "exchange" | "listsScopes"> {
  /** Whose tokens count, and who exchanges them where the rules say so. */
  readonly issuer: string;
  /** The URL that clients are given; default: the address that is listened on, with the upstream's path. */
  readonly resource?: string;
  readonly host?: string;
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** The rest of the guard: its name, origins, introspection, revocations. */
  readonly guard?: Partial<GuardOptions>;
}

export interface ProtectedUpstream {
  readonly resource: string;
  readonly port: number;
  /** Every scope that the rules in force name, as the issuer has to know them. */
  readonly scopes: () => readonly RuleScope[];
  /** From now on for new requests. @throws TypeError for rules that cannot hold here; the old ones stay */
  replace(rules: Rules): void;
  usage: UpstreamHandler["usage"];
  /** Takes no new connection, lets answers finish for `patience` milliseconds, then cuts them off. */
  close(patience?: number): Promise<void>;
}

/**
 * Listens, and puts OAuth 2.1 in front of an HTTP server.
 * @throws Error when the address cannot be had; TypeError for options that cannot hold
 */
export async function protectUpstream(options: ProtectUpstreamOptions): Promise<ProtectedUpstream> {
  const { host = "127.0.0.1", port = 0, rules } = options;
  const server = createServer({
    maxHeaderSize: 32_768,
    headersTimeout: 10_000,
    // Uploads may take long; what stalls is ended by the rules' timeouts, what is held in memory by its own.
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    // Other upgrades are answered as if they had not been asked for (RFC 9110 §7.8).
    shouldUpgradeCallback: isWebSocketRequest,
  });
  server.maxConnections = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  try {
    const { port: listening } = server.address() as AddressInfo;
    const path = new URL(options.upstream).pathname;
    const name = host.includes(":") ? `[${host}]` : host;
    const resource = options.resource ?? `http://${name}:${listening}${path === "/" ? "" : path}`;
    const { issuer } = options;
    let { scopes } = rules;
    const guard = createGuard({ ...describing(scopes, options.guard), issuer, resource });
    const listsScopes = options.guard?.scopes === undefined;
    const handler = upstreamHandler({ ...options, guard, listsScopes, exchange: { issuer } });
    server.on("request", handler.handle);
    server.on("upgrade", handler.upgrade);
    return {
      resource,
      port: listening,
      scopes: () => scopes,
      replace(next) {
        handler.replace(next);
        ({ scopes } = next);
      },
      usage: handler.usage,
      async close(patience = 5_000) {
        await drain(server, handler, patience);
        guard.close();
      },
    };
  } catch (thrown) {
    server.close();
    throw thrown;
  }
}

/**
 * A challenge that cannot tell which scopes an operation needs, since the body decides, names none and leaves it to the
 * metadata: that lists the rules in force, and the guard knows only the first ones.
 */
function describing(scopes: readonly RuleScope[], guard: Partial<GuardOptions> = {}): Partial<GuardOptions> {
  return { challengeScopes: [], ...guard, scopes: guard.scopes ?? scopes.map(({ name }) => name) };
}

async function drain(server: Server, handler: UpstreamHandler, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatient = setTimeout(() => {
    handler.close();
    server.closeAllConnections();
  }, patience);
  await closed;
  clearTimeout(impatient);
  handler.close();
}
