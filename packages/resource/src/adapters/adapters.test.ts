import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { readBearerChallenge } from "@valetkey/protocol/challenge";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import type { Caller } from "../caller.ts";
import type { GuardOptions } from "../options.ts";
import { anIssuer, type TestIssuer } from "../testing/an-issuer.ts";
import { type Listening, listen, listenFetch } from "../testing/listen.ts";
import { protect as protectExpress } from "./express.ts";
import { guardAll, protect as protectFastify } from "./fastify.ts";
import { asGuard, protect as protectFetch } from "./fetch.ts";
import { type CallerVariables, protect as protectHono } from "./hono.ts";
import { type CallerState, protect as protectKoa } from "./koa.ts";
import { metadata as nextMetadata, protect as protectNext } from "./next.ts";
import { protect as protectNode } from "./node.ts";

type Start = (options: GuardOptions) => Promise<Listening>;

/** The same small API in every framework: GET /v1/me for all, POST /v1/notes for those with notes:write. */
const frameworks: Record<string, Start> = {
  fetch: (options) =>
    listenFetch(
      protectFetch((_, caller) => Response.json({ subject: caller.subject }), options, {
        needed: (request) => (request.method === "POST" ? ["notes:write"] : []),
      }),
    ),
  hono: (options) => {
    const guard = asGuard(options);
    const app = new Hono<CallerVariables>();
    app.use("*", protectHono(guard));
    app.get("/v1/me", (c) => c.json({ subject: c.get("caller").subject }));
    app.post("/v1/notes", protectHono(guard, ["notes:write"]), (c) =>
      c.json({ subject: c.get("caller").subject }),
    );
    return listenFetch((request) => app.fetch(request));
  },
  express: (options) => {
    const guard = asGuard(options);
    const app = express();
    app.use(express.urlencoded());
    app.use(protectExpress(guard));
    app.get("/v1/me", (req, res) => void res.json({ subject: req.caller?.subject }));
    app.post("/v1/notes", protectExpress(guard, ["notes:write"]), (req, res) => {
      res.json({ subject: req.auth?.extra?.subject });
    });
    return listen(app);
  },
  fastify: async (options) => {
    const app = fastify();
    app.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string" },
      async (_: unknown, body: unknown) => Object.fromEntries(new URLSearchParams(String(body))),
    );
    const guard = guardAll(app, options);
    app.get("/v1/me", async (request) => ({ subject: request.caller?.subject }));
    app.post("/v1/notes", { onRequest: protectFastify(guard, ["notes:write"]) }, async (request) => ({
      subject: request.caller?.subject,
    }));
    const origin = await app.listen({ host: "127.0.0.1", port: 0 });
    return { origin, close: async () => void (await app.close()) };
  },
  "node:http": (options) => {
    const guarded = protectNode(
      (_, outgoing, caller) => outgoing.end(JSON.stringify({ subject: caller.subject })),
      options,
      { needed: (incoming) => (incoming.method === "POST" ? ["notes:write"] : []) },
    );
    return listen(async (incoming, outgoing) => {
      const isForm = incoming.headers["content-type"]?.includes("urlencoded");
      const body = isForm ? Object.fromEntries(new URLSearchParams(await text(incoming))) : undefined;
      await guarded(Object.assign(incoming, { body }), outgoing);
    });
  },
  koa: (options) => {
    const guard = asGuard(options);
    const needsWrite = protectKoa(guard, ["notes:write"]);
    const app = new Koa<CallerState>();
    app.use(async (ctx, next) => {
      if (ctx.is("urlencoded")) {
        const body = Object.fromEntries(new URLSearchParams(await text(ctx.req)));
        Object.assign(ctx.request, { body });
      }
      await next();
    });
    app.use(protectKoa(guard));
    app.use(async (ctx, next) => (ctx.method === "POST" ? needsWrite(ctx, next) : next()));
    app.use((ctx) => {
      ctx.body = { subject: ctx.state.caller.subject };
    });
    return listen(app.callback());
  },
  next: (options) => {
    const guard = asGuard(options);
    const answer = async (_: Request, caller: Caller, { params }: { params: Promise<{ id: string }> }) =>
      Response.json({ subject: (await params).id === "1" ? caller.subject : "the parameters were lost" });
    const routes: Record<string, (request: Request, context: never) => Response | Promise<Response>> = {
      GET: protectNext(answer, guard),
      OPTIONS: protectNext(answer, guard),
      POST: protectNext(answer, guard, { needed: ["notes:write"] }),
    };
    // As Next.js calls a route: by its method, with the parameters of its path.
    const params = Promise.resolve({ id: "1" });
    return listenFetch(async (request) =>
      new URL(request.url).pathname.startsWith("/.well-known/")
        ? nextMetadata(guard)(request)
        : ((await routes[request.method]?.(request, { params } as never)) ??
          new Response(null, { status: 405 })),
    );
  },
};

for (const [name, start] of Object.entries(frameworks)) {
  describe(`${name} adapter`, () => {
    let issuer: TestIssuer;
    let api: Listening;

    before(async () => {
      issuer = await anIssuer();
      api = await start({
        issuer: issuer.issuer,
        resource: issuer.resource,
        scopes: ["notes:read"],
        allowedOrigins: ["https://app.example"],
      });
    });
    after(async () => {
      await api.close();
      await issuer.close();
    });

    const send = (path: string, init: RequestInit = {}, token?: string) =>
      fetch(api.origin + path, {
        ...init,
        headers: { ...init.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      });

    it("[I2-ADAPTERS] hands the handler its caller", async () => {
      const response = await send("/v1/me", {}, await issuer.token());
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { subject: "account-1" });
    });

    it("[MCP-RS-02 MCP-RS-07 CL-15] answers a real 401 with the challenge", async () => {
      const response = await send("/v1/me");
      assert.equal(response.status, 401);
      const challenge = readBearerChallenge(response.headers.get("www-authenticate") ?? "");
      assert.deepEqual(Object.fromEntries(challenge?.attributes ?? []), {
        scope: "notes:read",
        resource_metadata: "https://api.example/.well-known/oauth-protected-resource/mcp",
      });
      assert.equal(response.headers.get("cache-control"), "no-store");
    });

    it("[MCP-RS-08 CL-15] answers 403 with what the route needs", async () => {
      const response = await send("/v1/notes", { method: "POST", body: "x" }, await issuer.token());
      assert.equal(response.status, 403);
      assert.match(
        response.headers.get("www-authenticate") ?? "",
        /error="insufficient_scope".*scope="notes:write"/,
      );
      const wide = await issuer.token({ scope: "notes:read notes:write" });
      assert.equal((await send("/v1/notes", { method: "POST" }, wide)).status, 200);
    });

    it("[MCP-RS-01 PRM-01] answers the metadata document", async () => {
      for (const path of ["", "/mcp"]) {
        const response = await send(`/.well-known/oauth-protected-resource${path}`);
        assert.equal(response.status, 200);
        assert.equal(((await response.json()) as { resource: string }).resource, issuer.resource);
      }
    });

    it("[MCP-RS-11 O21-RS-03] ignores a token in the query", async () => {
      const response = await send(`/v1/me?access_token=${await issuer.token()}`);
      assert.equal(response.status, 401);
      assert.doesNotMatch(response.headers.get("www-authenticate") ?? "", /error/);
    });

    it("[O21-RS-04] refuses two Authorization headers that arrive on the wire", async () => {
      const token = await issuer.token();
      const status = await new Promise((resolve, reject) => {
        const headers = ["Host", new URL(api.origin).host];
        for (const one of [token, "other"]) headers.push("Authorization", `Bearer ${one}`);
        httpRequest(`${api.origin}/v1/me`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      assert.equal(status, 400);
    });

    it("[O21-RS-04] refuses a form that carries a second token", async () => {
      const token = await issuer.token({ scope: "notes:write" });
      const body = new URLSearchParams({ access_token: token });
      assert.equal((await send("/v1/notes", { method: "POST", body }, token)).status, 400);
      const innocent = new URLSearchParams({ note: "x" });
      assert.equal((await send("/v1/notes", { method: "POST", body: innocent }, token)).status, 200);
    });

    it("[MCP-RS-12 CL-11] answers pages that may call, and no others", async () => {
      const token = await issuer.token();
      const good = await send("/v1/me", { headers: { origin: "https://app.example" } }, token);
      assert.equal(good.status, 200);
      assert.equal(good.headers.get("access-control-allow-origin"), "https://app.example");
      assert.match(good.headers.get("vary") ?? "", /Origin/);
      const bad = await send("/v1/me", { headers: { origin: "https://evil.example" } }, token);
      assert.equal(bad.status, 403);
      const headers = { origin: "https://app.example", "access-control-request-method": "GET" };
      assert.equal((await send("/v1/me", { method: "OPTIONS", headers })).status, 204);
    });

    it("answers 503 with Retry-After while the issuer is away", async () => {
      const other = await start({ issuer: "http://127.0.0.1:9", resource: issuer.resource });
      const token = await issuer.token({ iss: "http://127.0.0.1:9" });
      const response = await fetch(`${other.origin}/v1/me`, {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(response.status, 503);
      assert.equal(response.headers.get("retry-after"), "1");
      await other.close();
    });
  });
}
