import type { FastifyInstance, preHandlerAsyncHookHandler } from "fastify";
import type { Caller } from "../caller.ts";
import type { Guard } from "../guard.ts";
import { requestOf } from "../node-request.ts";
import type { GuardOptions } from "../options.ts";
import type { Needed } from "../scopes.ts";
import { asGuard } from "./fetch.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls, once the guard let the request through. */
    caller?: Caller;
  }
}

/** Guards every route of the instance, and answers the metadata document: `guardAll(app, options)`. */
export function guardAll(app: FastifyInstance, options: GuardOptions | Guard): Guard {
  const guard = asGuard(options);
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request, reply) => {
    const metadata = guard.metadata(requestOf(request.raw, guard.resource));
    if (metadata) return reply.send(metadata);
  });
  app.addHook("preHandler", protect(guard));
  return guard;
}

/** Guards one route: `app.post("/notes", { preHandler: protect(guard, ["notes:write"]) }, ...)`. */
export function protect(options: GuardOptions | Guard, needed: Needed = []): preHandlerAsyncHookHandler {
  const guard = asGuard(options);
  return async function protectedRoute(incoming, reply) {
    const { method, url, rawHeaders } = incoming.raw;
    const request = requestOf({ method, url, rawHeaders, body: incoming.body }, guard.resource);
    const caller = await guard.guard(request, needed);
    if (caller instanceof Response) return reply.send(caller);
    incoming.caller = caller;
    reply.headers(guard.corsHeaders(request));
  };
}
