import type { Caller } from "../caller.ts";
import type { Guard } from "../guard.ts";
import { type NodeRequest, requestReader } from "../node-request.ts";
import type { GuardOptions } from "../options.ts";
import type { Needed } from "../scopes.ts";
import { asGuard } from "./fetch.ts";

/** As much of Koa's context as the guard needs; no import, so that the types of every Koa fit. */
export interface KoaContext {
  readonly req: NodeRequest;
  readonly originalUrl: string;
  /** A body parser before the guard leaves `body` here. */
  readonly request: object;
  readonly state: object;
  status: number;
  body: unknown;
  set(name: string, value: string): unknown;
  append(name: string, value: string): unknown;
}

/** What the guard leaves for the routes: `ctx.state.caller`. */
export interface CallerState {
  caller: Caller;
}

/**
 * Middleware for Koa 3. `app.use(protect(guard))` before the routes, so that it can answer the metadata document too; a
 * route that needs more names its scopes in a second one.
 */
export function protect(
  options: GuardOptions | Guard,
  needed: Needed = [],
): (context: KoaContext, next: () => Promise<unknown>) => Promise<void> {
  const guard = asGuard(options);
  const requestOf = requestReader(guard.resource);
  return async function protectedRoute(context, next) {
    const { method, rawHeaders } = context.req;
    // A mounted app is shown a shorter path than the one that its client's proof names.
    const url = context.originalUrl;
    const body = "body" in context.request ? context.request.body : undefined;
    const request = requestOf({ method, url, rawHeaders, body });
    const result = guard.metadata(request) ?? (await guard.guard(request, needed, context.req));
    if (result instanceof Response) {
      context.status = result.status;
      for (const [name, value] of result.headers) context.set(name, value);
      context.body = await result.text();
      return;
    }
    Object.assign(context.state, { caller: result } satisfies CallerState);
    for (const [name, value] of Object.entries(guard.corsHeaders(request))) context.append(name, value);
    await next();
  };
}
