import type { MiddlewareHandler } from "hono";
import type { Caller } from "../caller.ts";
import type { Guard } from "../guard.ts";
import type { GuardOptions } from "../options.ts";
import type { Needed } from "../scopes.ts";
import { asGuard, shared } from "./fetch.ts";

/** What the guard puts on Hono's context: `c.get("caller")`. */
export interface CallerVariables {
  Variables: { caller: Caller };
}

/**
 * Middleware for Hono 4. Mount it on `*` before the routes, so that it can answer the metadata document too; a route
 * that needs more names its scopes in a second one: `app.post("/notes", protect(guard, ["notes:write"]), ...)`.
 */
export function protect(
  options: GuardOptions | Guard,
  needed: Needed = [],
): MiddlewareHandler<CallerVariables> {
  const guard = asGuard(options);
  return async function protectedRoute(c, next) {
    const request = c.req.raw;
    const metadata = guard.metadata(request);
    if (metadata) return metadata;
    const caller = await guard.guard(request, needed, c);
    if (caller instanceof Response) return caller;
    c.set("caller", caller);
    await next();
    c.res = shared(guard, request, c.res);
  };
}
