import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { OAuthError } from "@valetkey/protocol/errors";
import type { Guard } from "@valetkey/resource";
import type { Rules } from "../rules/rules.ts";
import { BodyRoom } from "./body.ts";
import { type CallerTokens, callerTokens } from "./caller-token.ts";
import {
  type CredentialSource,
  type Exchanges,
  exchangesOf,
  namedCredentials,
  requireExchangeable,
} from "./credential.ts";
import { Ledger } from "./ledger.ts";
import type { UpstreamOptions, Usage } from "./options.ts";
import { type Place, placeOf } from "./place.ts";
import { UnderWay } from "./under-way.ts";

// An import of node:http would evaluate its every lazy export, fetch's whole engine among them.
const http = process.getBuiltinModule("node:http");
const https = process.getBuiltinModule("node:https");

/** What is replaced when rules are: each request keeps the ones that it began with. */
export interface Live {
  readonly rules: Rules;
  readonly credentials: CredentialSource;
  readonly callerTokens: CallerTokens;
}

/** Everything that the requests through one gateway share. */
export interface Gateway {
  readonly guard: Guard;
  /** The guard's metadata lists the scopes of the rules, so new rules change it. */
  readonly listsScopes: boolean;
  readonly resourceOrigin: string;
  readonly place: Place;
  /** By a key of this process's own, for rules that name none. */
  readonly ownCallerTokens: CallerTokens;
  readonly exchanges: Exchanges | undefined;
  readonly clock: () => number;
  readonly callers: Ledger;
  readonly clients: Ledger;
  readonly room: BodyRoom;
  readonly agent: Agent;
  readonly underWay: UnderWay;
  live: Live;
  /** The CORS headers of answers to pages of this origin, or to callers that are no page. */
  corsFor(origin: string | undefined): Readonly<Record<string, string>>;
  request(options: RequestOptions): ClientRequest;
  onUsage(usage: Usage): void;
  onRefusal(error: OAuthError, request: IncomingMessage): void;
}

/** @throws TypeError for options that cannot hold */
export function gatewayOf(options: UpstreamOptions): Gateway {
  const place = placeOf(options.guard.resource, options.upstream);
  const { protocol, hostname, port } = place.url;
  const engine = protocol === "https:" ? https : http;
  const { counters } = options.rules.limits;
  const agent = new engine.Agent({
    keepAlive: true,
    maxFreeSockets: 64,
    // Idle connections end before common servers end theirs (uvicorn after 5 s), so that no request meets a closed one.
    timeout: 4_000,
    ...(options.ca !== undefined && { ca: options.ca }),
  });
  const { guard } = options;
  const clock = options.clock ?? (() => Math.floor(Date.now() / 1_000));
  const exchanges = options.exchange && exchangesOf(options.exchange, clock);
  const ownCallerTokens = options.callerTokens ?? callerTokens(guard.resource);
  const corsOfNobody = guard.corsHeaders(new Request(guard.resource));
  const target = { protocol, hostname: hostname.replace(/^\[|\]$/g, ""), port, agent, setHost: false };
  return {
    guard,
    listsScopes: options.listsScopes ?? false,
    resourceOrigin: new URL(guard.resource).origin,
    place,
    ownCallerTokens,
    exchanges,
    clock,
    callers: new Ledger(counters),
    clients: new Ledger(counters),
    room: new BodyRoom(),
    agent,
    underWay: new UnderWay(),
    live: liveOf(options, options.rules, { exchanges, ownCallerTokens }),
    corsFor: (origin) =>
      origin === undefined
        ? corsOfNobody
        : guard.corsHeaders(new Request(guard.resource, { headers: { origin } })),
    request: (about) => engine.request({ ...target, ...about }),
    onUsage: options.onUsage ?? (() => {}),
    onRefusal: options.onRefusal ?? (() => {}),
  };
}

/** @throws TypeError for rules that cannot hold here */
export function liveOf(
  { credentials, exchange, guard }: UpstreamOptions,
  rules: Rules,
  { exchanges, ownCallerTokens }: Pick<Gateway, "exchanges" | "ownCallerTokens">,
): Live {
  const { keys = [] } = rules.callerToken ?? {};
  const tokens = keys.length === 0 ? ownCallerTokens : callerTokens(guard.resource, keys);
  if (credentials) return { rules, credentials, callerTokens: tokens };
  requireExchangeable(rules, guard.resource, exchange);
  const named = namedCredentials(rules.credentials, exchanges);
  return { rules, credentials: named, callerTokens: tokens };
}
