import {
  isScopeOfOne,
  readScope,
  type ScopeRules,
  scopeHierarchy,
  scopesOf,
  type ToolScope,
  type ToolTable,
} from "@valetkey/protocol/tool-scopes";
import type { GuardOptions } from "@valetkey/resource";
import { type Listener, listen } from "./listener.ts";
import { type Log, printable } from "./log.ts";
import { introduction, type McpEndpoint, mcpEndpoint } from "./mcp/endpoint.ts";
import { KnownScopes, type ScopeNews } from "./mcp/known-scopes.ts";
import type { Environment } from "./stdio/environment.ts";
import { Processes } from "./stdio/processes.ts";

export interface ProtectStdioOptions {
  readonly program: string;
  readonly args?: readonly string[];
  readonly folder?: string;
  /** Variables that the server is given beside the few that every program needs. */
  readonly env?: Environment;
  /** Whose tokens count. */
  readonly issuer: string;
  /** The URL that clients are given; default: the address that is listened on, with the path /mcp. */
  readonly resource?: string;
  readonly host?: string;
  /** 0 picks a free one. */
  readonly port?: number;
  readonly process?: "per-caller" | "shared";
  readonly tellCaller?: boolean;
  /** Most processes at once; default 50. */
  readonly most?: number;
  /** Seconds without a message after which a process ends; default 600. */
  readonly idle?: number;
  /** Seconds that one request may take; default 600. */
  readonly timeout?: number;
  /** What the names of the scopes begin with; default "mcp". */
  readonly prefix?: string;
  /** All tools that may destroy something share one scope; default: each has a scope of its own. */
  readonly classScopes?: boolean;
  /** What the operator says of tools and scopes, from `loadTools`. */
  readonly tools?: ToolTable;
  /** The rest of the guard: its name, origins, introspection. */
  readonly guard?: Partial<GuardOptions>;
  readonly log?: Log;
  /** Ends a start that is still under way, and the program with it. */
  readonly signal?: AbortSignal;
  /** Told of scopes that a change of the tools brought since the start, each once: the issuer has to know them. */
  readonly onNewScopes?: (news: readonly ScopeNews[]) => void;
}

export interface ProtectedServer {
  readonly resource: string;
  readonly port: number;
  /** What the issuer has to know of the server: its scopes, in order. */
  readonly scopes: readonly ToolScope[];
  /** What a login without a scope should ask for, whatever its risk: what everybody needs to connect. */
  readonly defaultScopes: readonly string[];
  close(): Promise<void>;
}

/** Octets of one line of the server. */
const longestLine = 16 * 1024 * 1024;

/**
 * Puts OAuth 2.1 in front of a stdio MCP server.
 * @throws Error in words when the server cannot be started, or an option cannot hold; the signal's reason once it ended
 * the start
 */
export async function protectStdio(options: ProtectStdioOptions): Promise<ProtectedServer> {
  const { host = "127.0.0.1", port = 0, log = () => {} } = options;
  const rules: ScopeRules = {
    prefix: options.prefix ?? "mcp",
    classScopes: options.classScopes ?? false,
    ...(options.tools ?? { overrides: new Map(), described: new Map() }),
  };
  const processes = processesOf(options, log);
  let handle = async (_request: Request) => new Response("Starting.", { status: 503 });
  let behind: Pick<McpEndpoint, "personOf" | "done"> | undefined;
  let listener: Listener | undefined;
  try {
    const scopes = await scopesOfServer(processes, rules, options.signal);
    listener = await listen((request) => handle(request), {
      host,
      port,
      origin: originOf(options),
      personOf: (request) => behind?.personOf(request) ?? "",
      done: (request) => behind?.done(request),
      log,
    });
    const resource = options.resource ?? `http://${hostText(host)}:${listener.port}/mcp`;
    const known = new KnownScopes(scopes, (added) => options.onNewScopes?.(added));
    const endpoint = mcpEndpoint(
      processes,
      guardOptions(options, resource, scopes, rules, log),
      rules,
      (tools) => known.note(scopesOf(tools, rules)),
    );
    behind = endpoint;
    handle = (request) => route(request, resource, endpoint.fetch);
    const { port: listening, close } = listener;
    return {
      resource,
      port: listening,
      scopes,
      defaultScopes: [readScope(rules)],
      async close() {
        const closed = close();
        await processes.settled(4_000);
        endpoint.close();
        await Promise.all([closed, processes.close()]);
      },
    };
  } catch (thrown) {
    await listener?.close(0);
    await processes.close();
    throw thrown;
  }
}

function processesOf(options: ProtectStdioOptions, log: Log): Processes {
  const { program, args = [], folder = process.cwd() } = options;
  return new Processes({
    command: { program, args, folder, longestLine, patience: 2_000 },
    ownEnvironment: process.env,
    givenEnvironment: options.env ?? {},
    isForAll: options.process === "shared",
    tellsCaller: options.tellCaller ?? false,
    most: options.most ?? 50,
    mostRequests: 1_000,
    idle: options.idle ?? 600,
    patience: (options.timeout ?? 600) * 1_000,
    startPatience: 120_000,
    log,
    clock: () => Math.floor(Date.now() / 1000),
  });
}

/** Starts the server once, to see that it starts and what it offers. */
async function scopesOfServer(
  processes: Processes,
  rules: ScopeRules,
  signal: AbortSignal | undefined,
): Promise<readonly ToolScope[]> {
  signal?.throwIfAborted();
  const server = processes.probe(introduction);
  const end = () => void server.end();
  signal?.addEventListener("abort", end);
  try {
    return scopesOf(await server.tools(), rules);
  } catch (thrown) {
    signal?.throwIfAborted();
    const why = server.reason ?? (thrown instanceof Error ? thrown.message : String(thrown));
    throw new Error(`The MCP server does not start: ${why.replace(/\.$/, "")}.`);
  } finally {
    signal?.removeEventListener("abort", end);
    await server.end();
  }
}

function guardOptions(
  { issuer, guard = {} }: ProtectStdioOptions,
  resource: string,
  scopes: readonly ToolScope[],
  rules: ScopeRules,
  log: Log,
): GuardOptions {
  return {
    // MCP transports: a page may call only if it is the resource's own or was named.
    allowedOrigins: [],
    // A call without a token begins every login. What a caller wrote may stand in the fact.
    onRefusal: ({ refusal, fact }) => {
      if (refusal === "token.missing") return;
      log(printable(`refused: ${refusal}${fact === undefined ? "" : `: ${fact}`}`));
    },
    ...guard,
    issuer,
    resource,
    // Anybody reads the metadata, and clients ask for all of it at once: no names of tools there, and a consent to each
    // when it is called.
    scopes: scopes.map(({ name }) => name).filter((name) => !isScopeOfOne(name, rules)),
    requiredScopes: [readScope(rules)],
    scopeHierarchy: scopeHierarchy(rules),
  };
}

/** One endpoint, its metadata, its health; nothing else is here. */
async function route(
  request: Request,
  resource: string,
  endpoint: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const isOurs =
    pathname === new URL(resource).pathname || pathname.startsWith("/.well-known/oauth-protected-resource");
  if (isOurs) return await endpoint(request);
  if (pathname === "/health") return Response.json({ status: "ok" });
  return Response.json({ error: "not_found" }, { status: 404 });
}

function originOf({ resource, host = "127.0.0.1" }: ProtectStdioOptions): string {
  return resource === undefined ? `http://${hostText(host)}` : new URL(resource).origin;
}

function hostText(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
