import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { protect as protectExpress } from "../adapters/express.ts";
import { guardAll, protect as protectFastify } from "../adapters/fastify.ts";
import { protect as protectFetch } from "../adapters/fetch.ts";
import { type CallerVariables, protect as protectHono } from "../adapters/hono.ts";
import { type CallerState, protect as protectKoa } from "../adapters/koa.ts";
import { protectMcp } from "../adapters/mcp.ts";
import { protect as protectNext } from "../adapters/next.ts";
import { protect as protectNode } from "../adapters/node.ts";
import type { Guard } from "../guard.ts";
import { listen, listenFetch } from "./listen.ts";
import { overSocket, type WayIn } from "./ways-in.ts";

const more = ["notes:write"];

/** A resource whose every path `first` guards, and of which POST /mcp asks `second` for notes:write besides. */
export type Chain = (first: Guard, second: Guard) => Promise<WayIn>;

/** Each adapter used twice for one request, as its page and docstrings tell people to. */
export const everyChain: Readonly<Record<string, Chain>> = {
  fetch(first, second) {
    const write = protectFetch((_, caller) => new Response(caller.subject), second, { needed: more });
    return overSocket(listenFetch(protectFetch((request) => write(request), first)));
  },
  Hono(first, second) {
    const app = new Hono<CallerVariables>();
    app.use("*", protectHono(first));
    // As Hono's own body limit does: the raw request is another one from here on.
    app.use("*", async (c, next) => {
      c.req.raw = new Request(c.req.raw);
      await next();
    });
    app.post("/mcp", protectHono(second, more), (c) => c.text(c.get("caller").subject));
    return overSocket(listenFetch((request) => app.fetch(request)));
  },
  Express(first, second) {
    const app = express();
    app.use(protectExpress(first));
    const routes = express.Router();
    routes.post("/", protectExpress(second, more), (req, res) => void res.send(req.caller?.subject));
    return overSocket(listen(app.use("/mcp", routes)));
  },
  async Fastify(first, second) {
    const app = fastify();
    guardAll(app, first);
    app.post("/mcp", { onRequest: protectFastify(second, more) }, async (request, reply) =>
      reply.type("text/plain").send(request.caller?.subject),
    );
    const origin = await app.listen({ host: "127.0.0.1", port: 0 });
    return overSocket(Promise.resolve({ origin, close: async () => void (await app.close()) }));
  },
  Koa(first, second) {
    const app = new Koa<CallerState>();
    app.use(protectKoa(first));
    // As koa-mount does: what is mounted sees the rest of the path.
    app.use(async (context, next) => {
      context.path = "/";
      await next();
    });
    app.use(protectKoa(second, more));
    app.use((context) => {
      context.body = context.state.caller.subject;
    });
    return overSocket(listen(app.callback()));
  },
  "node:http"(first, second) {
    const write = protectNode((_, outgoing, caller) => outgoing.end(caller.subject), second, {
      needed: more,
    });
    return overSocket(listen(protectNode((incoming, outgoing) => write(incoming, outgoing), first)));
  },
  "Next.js"(first, second) {
    const write = protectNext((_, caller, __: object) => new Response(caller.subject), second, {
      needed: more,
    });
    const route = protectNext((request, _, context: object) => write(request, context), first);
    return overSocket(listenFetch((request) => route(request, {})));
  },
  "an MCP handler"(first, second) {
    const handler = protectMcp(
      async (_, { authInfo }) => new Response(String(authInfo.extra.subject)),
      second,
      { toolScopes: { save: more } },
    );
    return overSocket(listenFetch(protectFetch((request) => handler(request), first)));
  },
};
