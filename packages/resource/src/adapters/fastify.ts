import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../caller.ts";
import type { Guard } from "../guard.ts";
import { carriesFormToken, requestReader } from "../node-request.ts";
import type { GuardOptions } from "../options.ts";
import type { Needed } from "../scopes.ts";
import { asGuard } from "./fetch.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls, once the guard let the request through. */
    caller?: Caller;
  }
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** Guards every route of the instance before its body is read, and answers the metadata document. */
export function guardAll(app: FastifyInstance, options: GuardOptions | Guard, needed: Needed = []): Guard {
  const guard = asGuard(options);
  const check = protect(guard, needed);
  app.addHook("onRequest", check);
  // Only now the form is known, and with it a second token.
  app.addHook("preHandler", async (request, reply) =>
    carriesFormToken(request.body) ? check(request, reply) : undefined,
  );
  return guard;
}

/** Guards one route: `app.post("/notes", { onRequest: protect(guard, ["notes:write"]) }, ...)`. */
export function protect(options: GuardOptions | Guard, needed: Needed = []): Hook {
  const guard = asGuard(options);
  const requestOf = requestReader(guard.resource);
  return async function protectedRoute(incoming, reply) {
    const { method, url, rawHeaders } = incoming.raw;
    const request = requestOf({ method, url, rawHeaders, body: incoming.body });
    const result = guard.metadata(request) ?? (await guard.guard(request, needed, incoming.raw));
    if (result instanceof Response) return reply.send(result);
    incoming.caller = result;
    reply.headers(guard.corsHeaders(request));
    return undefined;
  };
}
