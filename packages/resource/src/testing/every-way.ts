import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { createMcpHandler, McpServer as McpServer2 } from "@modelcontextprotocol/server";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { guardAll } from "../adapters/fastify.ts";
import { type CallerVariables, protect as protectHono } from "../adapters/hono.ts";
import { type CallerState, protect as protectKoa } from "../adapters/koa.ts";
import { type McpHandler, protectMcp } from "../adapters/mcp.ts";
import { protect as protectNext } from "../adapters/next.ts";
import type { Guard } from "../guard.ts";
import { listen, listenFetch } from "./listen.ts";
import { type Open, overSocket, type WayIn, waysIn } from "./ways-in.ts";

/** Each adapter that there is, and the guard without any. */
export const everyWay: Readonly<Record<string, Open>> = {
  ...waysIn,
  Hono(guard) {
    const app = new Hono<CallerVariables>();
    app.use("*", protectHono(guard));
    app.all("*", (c) => c.text(c.get("caller").subject));
    return overSocket(listenFetch((request) => app.fetch(request)));
  },
  Fastify: (guard) => overSocket(fastifyListening(guard)),
  Koa(guard) {
    const app = new Koa<CallerState>();
    app.use(protectKoa(guard));
    app.use((context) => {
      context.body = context.state.caller.subject;
    });
    return overSocket(listen(app.callback()));
  },
  "Next.js": (guard) =>
    overSocket(
      listenFetch((request) =>
        protectNext((_, caller, __: object) => new Response(caller.subject), guard)(request, {}),
      ),
    ),
  "the MCP SDK, version 1": (guard) =>
    byTool(guard, async (request, options) => {
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
      const server = new McpServer({ name: "notes", version: "1" });
      server.registerTool("whoami", {}, async (extra) => said(extra.authInfo));
      await server.connect(transport as unknown as Transport);
      return transport.handleRequest(request, options);
    }),
  "the MCP SDK, version 2": (guard) =>
    byTool(
      guard,
      createMcpHandler(() => {
        const server = new McpServer2({ name: "notes", version: "1" });
        server.registerTool("whoami", {}, async (context) => said(context.http?.authInfo));
        return server;
      }).fetch,
    ),
};

async function fastifyListening(guard: Guard) {
  const app = fastify();
  guardAll(app, guard);
  app.all("*", async (request, reply) => reply.type("text/plain").send(request.caller?.subject));
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  return { origin, close: async () => void (await app.close()) };
}

function said(authInfo: { extra?: Record<string, unknown> } | undefined) {
  return { content: [{ type: "text" as const, text: String(authInfo?.extra?.subject) }] };
}

const call = {
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "whoami", arguments: {} },
};

/** Asks by calling a tool; the subject is read out of what the tool says. */
async function byTool(guard: Guard, handler: McpHandler): Promise<WayIn> {
  const way = await overSocket(listenFetch(protectMcp(handler, guard)));
  const headers = ["Content-Type", "application/json", "Accept", "application/json, text/event-stream"];
  return {
    ...way,
    method: "POST",
    async ask(pairs, sent = {}) {
      const body = JSON.stringify(call);
      const length = ["Content-Length", String(body.length)];
      const received = await way.ask([...headers, ...length, ...pairs], { method: "POST", body, ...sent });
      const [, text] = /"text":"([^"]*)"/.exec(received.body) ?? [];
      return received.status === 200 ? { ...received, body: text ?? "" } : received;
    },
  };
}
