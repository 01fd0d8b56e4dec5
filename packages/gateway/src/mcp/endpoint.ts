import { classifyInboundRequest } from "@modelcontextprotocol/server";
import type { Tool } from "@valetkey/protocol/mcp-tool";
import { type ScopeRules, scopesNeeded } from "@valetkey/protocol/tool-scopes";
import { type Caller, createGuard, type Guard, type GuardOptions } from "@valetkey/resource";
import { protectMcp } from "@valetkey/resource/mcp";
import { isObject, member, type Params } from "../json-rpc.ts";
import { callerKey, type Processes, personKey } from "../stdio/processes.ts";
import type { ServerProcess } from "../stdio/server-process.ts";
import { Unavailable } from "../unavailable.ts";
import { HeldBodies } from "./held-bodies.ts";
import { Sessions } from "./sessions.ts";
import { endingAfter } from "./standing-stream.ts";
import { onAccountOf, statelessHandler } from "./stateless.ts";

export interface McpEndpoint {
  fetch(request: Request): Promise<Response>;
  /** Who was let in with the request, over all clients; empty for nobody. */
  personOf(request: Request): string;
  /** To be told of every request that was answered or whose client left: its body is held until then. */
  done(request: Request): void;
  readonly guard: Guard;
  close(): void;
}

/** Octets of requests that may be in memory at once, all callers together: until each is answered. */
const mostBodies = 128 * 1024 * 1024;

/** How the gateway introduces itself to a server that it starts on its own account. */
export const introduction: Params = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "valetkey-gateway", version: "0.1.0" },
};

/**
 * The MCP endpoint of a stdio server: guard, tool scopes, then the session or the single request.
 * @param onTools told of the tools whenever a call or a listing asks for them
 */
export function mcpEndpoint(
  processes: Processes,
  options: GuardOptions,
  rules: ScopeRules,
  onTools: (tools: readonly Tool[]) => void = () => {},
): McpEndpoint {
  const guard = createGuard(options);
  const callers = new WeakMap<object, Caller>();
  const sessions = new Sessions();
  const bodies = new HeldBodies(mostBodies);

  /** The guard, keeping whom it let in. */
  const keeping: Guard = {
    ...guard,
    async guard(request, needed) {
      const caller = await guard.guard(request, needed);
      if (!(caller instanceof Response)) callers.set(request, caller);
      return caller;
    },
  };

  async function behind(request: Request, body: unknown): Promise<Response> {
    const caller = callers.get(request);
    if (caller === undefined) throw new Error("A request passed the guard without a caller.");
    try {
      const answer = isStateless(request, body)
        ? await single(request, body, caller)
        : await inSession(request, body, caller);
      const stands = request.method === "GET" || member(body, "method") === "subscriptions/listen";
      return stands ? endingAfter(caller.expiresAt * 1_000 - Date.now(), answer) : answer;
    } catch (thrown) {
      if (!(thrown instanceof Unavailable)) throw thrown;
      return unavailable(thrown, member(body, "id"));
    }
  }

  async function single(request: Request, body: unknown, caller: Caller): Promise<Response> {
    const server = await processes.for(caller, "stateless", introduction);
    const refused = await withoutScope(request, body, caller, server);
    if (refused) return refused;
    const handler = await statelessHandler(server);
    return await handler.fetch(request, { parsedBody: body, authInfo: onAccountOf(personKey(caller)) });
  }

  async function inSession(request: Request, body: unknown, caller: Caller): Promise<Response> {
    const key = callerKey(caller, "session");
    const id = request.headers.get("mcp-session-id");
    if (id === null) {
      if (request.method !== "POST" || member(body, "method") !== "initialize") return noSession(body);
      const params = member(body, "params");
      const server = await processes.for(caller, "session", forProcess(isObject(params) ? params : {}));
      return await sessions.open(key, personKey(caller), server).handle(request, body);
    }
    const session = sessions.find(id, key);
    if (!session)
      return refusal(404, -32001, "There is no such session. Initialize anew.", member(body, "id"));
    processes.touch(session.server);
    const refused = await withoutScope(request, body, caller, session.server);
    return refused ?? (await session.handle(request, body));
  }

  /** While the list does not come, every tool counts as one that nobody listed. */
  async function listed(server: ServerProcess): Promise<readonly Tool[]> {
    try {
      const tools = await server.tools();
      onTools(tools);
      return tools;
    } catch {
      return [];
    }
  }

  /**
   * What the process is told of its client. Of many callers none is told of: what one client can do is not said of all.
   * Roots are folders of the client's machine; servers take them as what they may touch on their own (the filesystem
   * server in the place of its arguments), and a caller from the network would choose.
   */
  function forProcess(params: Params): Params {
    if (processes.isForAll) return introduction;
    const { roots: _roots, ...capabilities } = (member(params, "capabilities") ?? {}) as Record<
      string,
      unknown
    >;
    return { ...params, capabilities };
  }

  async function withoutScope(request: Request, body: unknown, caller: Caller, server: ServerProcess) {
    if (request.method !== "POST") return undefined;
    const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
    const named = (method: string) => messages.some((message) => member(message, "method") === method);
    const tools = named("tools/call") ? await listed(server) : [];
    // Who lists them is about to call one: the operator hears of a new one before that.
    if (named("tools/list")) void listed(server);
    const permitted = guard.authorize(caller, request, scopesNeeded(messages, tools, rules));
    return permitted instanceof Response ? permitted : undefined;
  }

  const fetch = protectMcp((request, { parsedBody }) => behind(request, parsedBody), keeping, {
    toolScopes: {},
    hold: (request, caller, octets) => bodies.hold(request, personKey(caller), octets),
  });
  const personOf = (request: Request) => {
    const caller = callers.get(request);
    return caller === undefined ? "" : personKey(caller);
  };
  const close = () => {
    sessions.closeAll();
    guard.close();
  };
  return { fetch, personOf, done: (request) => bodies.done(request), guard, close };
}

function isStateless(request: Request, body: unknown): boolean {
  const [version, method, name] = ["mcp-protocol-version", "mcp-method", "mcp-name"].map(
    (header) => request.headers.get(header) ?? undefined,
  );
  const outcome = classifyInboundRequest({
    httpMethod: request.method,
    body,
    ...(version !== undefined && { protocolVersionHeader: version }),
    ...(method !== undefined && { mcpMethodHeader: method }),
    ...(name !== undefined && { mcpNameHeader: name }),
  });
  // What the library's strict handler refuses, it refuses with the answer of the revision that was claimed.
  return outcome.kind !== "legacy";
}

function noSession(body: unknown): Response {
  return refusal(400, -32000, "Mcp-Session-Id is needed; initialize opens a session.", member(body, "id"));
}

function unavailable({ status, message, retryAfter }: Unavailable, id: unknown): Response {
  const answer = refusal(status, -32000, message, id);
  if (retryAfter !== undefined) answer.headers.set("retry-after", String(retryAfter));
  return answer;
}

function refusal(status: number, code: number, message: string, id: unknown): Response {
  const read = typeof id === "string" || typeof id === "number" ? id : null;
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id: read }, { status });
}
