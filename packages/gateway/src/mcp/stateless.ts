import { createMcpHandler, type McpHttpHandler, ProtocolError, Server } from "@modelcontextprotocol/server";
import { type Answer, type Id, isObject, type Message, member, type Params } from "../json-rpc.ts";
import type { Party } from "../stdio/party.ts";
import type { ServerProcess } from "../stdio/server-process.ts";

const handlers = new WeakMap<ServerProcess, Promise<McpHttpHandler>>();

/**
 * Revision 2026-07-28 in front of a server that speaks the older ones: no session, each request whole in itself. The SDK
 * judges the envelope, answers `server/discover` and `subscriptions/listen`, and forms the results; the rest is passed on.
 */
export function statelessHandler(server: ServerProcess): Promise<McpHttpHandler> {
  const handler = handlers.get(server) ?? makeHandler(server);
  handlers.set(server, handler);
  return handler;
}

async function makeHandler(server: ServerProcess): Promise<McpHttpHandler> {
  const hello = await server.hello;
  const handler = createMcpHandler(() => proxyOf(hello, server), { legacy: "reject" });
  server.onListChanged((method) => {
    if (method === "notifications/tools/list_changed") handler.notify.toolsChanged();
    else if (method === "notifications/prompts/list_changed") handler.notify.promptsChanged();
    else if (method === "notifications/resources/list_changed") handler.notify.resourcesChanged();
  });
  const party: Party = { canAnswer: () => false, deliver: () => {}, close: () => void handler.close() };
  server.conversation.join(party);
  return handler;
}

type Identity = ConstructorParameters<typeof Server>[0];
type Offer = NonNullable<NonNullable<ConstructorParameters<typeof Server>[1]>["capabilities"]>;

function proxyOf(hello: Params, server: ServerProcess): Server {
  const { instructions } = hello;
  const proxy = new Server(member(hello, "serverInfo") as Identity, {
    capabilities: offered(hello),
    ...(typeof instructions === "string" && { instructions }),
  });
  proxy.fallbackRequestHandler = async ({ method, params }, { mcpReq, http }) => {
    const request = { method, params: params as Params | undefined, person: http?.authInfo?.clientId ?? "" };
    const answer = await exchange(server, request, mcpReq.signal, (message) => {
      void mcpReq.notify(message as Parameters<typeof mcpReq.notify>[0]).catch(() => {});
    });
    if (answer.error) throw new ProtocolError(answer.error.code, answer.error.message, answer.error.data);
    return { ...answer.result };
  };
  return proxy;
}

/** Without what needs a session of one client: its log level, its subscriptions to resources, its tasks. */
function offered(hello: Params): Offer {
  const { tools, prompts, resources, completions } = (member(hello, "capabilities") ?? {}) as Record<
    string,
    unknown
  >;
  return {
    ...(isObject(tools) && { tools: { listChanged: member(tools, "listChanged") === true } }),
    ...(isObject(prompts) && { prompts: { listChanged: member(prompts, "listChanged") === true } }),
    ...(isObject(resources) && { resources: { listChanged: member(resources, "listChanged") === true } }),
    ...(isObject(completions) && { completions: {} }),
  };
}

/** Whose the request is, as the library hands it through; nothing else of the caller goes there. */
export function onAccountOf(person: string) {
  return { token: "", clientId: person, scopes: [] };
}

interface Single {
  readonly method: string;
  readonly params: Params | undefined;
  readonly person: string;
}

/** One request, its progress, its answer; cancelled at the process when the client breaks off. */
function exchange(
  { conversation }: ServerProcess,
  { method, params, person }: Single,
  signal: AbortSignal,
  onNotification: (message: Message) => void,
): Promise<Answer> {
  return new Promise((resolve) => {
    const id: Id = 0;
    const leave = () => conversation.leave(party);
    const party: Party = {
      person,
      // Questions to the client are part of results in this revision, which older servers do not give.
      canAnswer: () => false,
      deliver(message) {
        if ("method" in message) return onNotification(message);
        signal.removeEventListener("abort", leave);
        resolve(message);
      },
      close: () => {},
    };
    signal.addEventListener("abort", leave, { once: true });
    conversation.say(party, {
      jsonrpc: "2.0",
      id,
      method,
      ...(params && { params: withoutEnvelope(params) }),
    });
  });
}

/** What every request of the new revision carries about its client; older servers are told that once, at the start. */
function withoutEnvelope(params: Params): Params {
  const meta = Object.entries((member(params, "_meta") ?? {}) as object);
  const kept = meta.filter(([name]) => !name.startsWith("io.modelcontextprotocol/"));
  const { _meta, ...rest } = params;
  return kept.length > 0 ? { ...rest, _meta: Object.fromEntries(kept) } : rest;
}
