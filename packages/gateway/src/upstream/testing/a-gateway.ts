import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard, type GuardOptions } from "@valetkey/resource";
import { anIssuer } from "../../../../resource/src/testing/an-issuer.ts";
import type { SecretSources } from "../../rules/credentials.ts";
import { faultLine } from "../../rules/fault.ts";
import { loadRules } from "../../rules/load.ts";
import type { Rules } from "../../rules/rules.ts";
import { type UpstreamHandler, upstreamHandler } from "../handler.ts";
import type { UpstreamOptions, Usage } from "../options.ts";

/** Everything may be called by whoever holds `all`. */
export const openRules = `
rules:
  - methods: [GET, POST, PUT, PATCH, DELETE, OPTIONS, WEBSOCKET]
    path: /**
    content_types: ["*/*"]
    scopes: [all]
`;

export function rulesOf(text: string, secrets?: SecretSources): Rules {
  const loaded = loadRules(text, secrets);
  assert.ok("rules" in loaded, "faults" in loaded ? loaded.faults.map(faultLine).join("\n") : "");
  return loaded.rules;
}

export interface Served {
  readonly server: Server;
  readonly port: number;
  readonly origin: string;
}

/** A server on a free loopback port that ends with the test. */
export async function served(listener: RequestListener, ends: Ends): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  ends.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { server, port, origin: `http://127.0.0.1:${port}` };
}

/** A test context, or whatever else knows an end. */
export interface Ends {
  after(end: () => void | Promise<void>): void;
}

export interface GatewayMakings extends Partial<Omit<UpstreamOptions, "guard" | "rules" | "upstream">> {
  readonly rules?: Rules;
  readonly secrets?: SecretSources;
  /** Beside the usual options of the guard. */
  readonly guardOptions?: Partial<GuardOptions>;
  /** The path of the resource; the upstream's is `/v1`. */
  readonly mount?: string;
  /** In the place of a server that answers by `listener`. */
  readonly upstream?: string;
}

export interface TestGateway {
  readonly port: number;
  readonly origin: string;
  readonly resource: string;
  readonly handler: UpstreamHandler;
  readonly refusals: OAuthError[];
  readonly usages: Usage[];
  /** A token with these scopes. */
  token(scope?: string, claims?: Record<string, unknown>): Promise<string>;
  /** Waits until so many requests came to their end. */
  ended(count: number): Promise<readonly Usage[]>;
}

/** A real issuer, a real upstream and the gateway between them, all on loopback. */
export async function aGateway(
  ends: Ends,
  listener: RequestListener,
  makings: GatewayMakings = {},
): Promise<TestGateway> {
  const { rules = rulesOf(openRules), mount = "/api", guardOptions, upstream, ...options } = makings;
  const issuer = await anIssuer();
  ends.after(() => issuer.close());
  const behind = upstream ?? `${(await served(listener, ends)).origin}/v1`;
  const refusals: OAuthError[] = [];
  const usages: Usage[] = [];
  let handler: UpstreamHandler | undefined;
  const front = await served((incoming, outgoing) => handler?.handle(incoming, outgoing), ends);
  const resource = `${front.origin}${mount}`;
  const guard = createGuard({ issuer: issuer.issuer, resource, scopes: ["all"], ...guardOptions });
  handler = upstreamHandler({
    guard,
    upstream: behind,
    rules,
    onRefusal: (error) => refusals.push(error),
    onUsage: (usage) => usages.push(usage),
    ...options,
  });
  const { upgrade, close } = handler;
  front.server.on("upgrade", upgrade);
  ends.after(close);
  return {
    port: front.port,
    origin: front.origin,
    resource,
    handler,
    refusals,
    usages,
    token: (scope = "all", claims = {}) => issuer.token({ aud: resource, scope, ...claims }),
    async ended(count) {
      const patience = Date.now() + 10_000;
      while (usages.length < count && Date.now() < patience) await new Promise((go) => setTimeout(go, 5));
      assert.equal(usages.length, count);
      return usages;
    },
  };
}
