import type { Caller } from "../caller.ts";
import type { Guard } from "../guard.ts";
import type { GuardOptions } from "../options.ts";
import { asGuard, type ProtectOptions, protect as protectFetch } from "./fetch.ts";

/**
 * A route handler of Next.js (app router) behind a guard; `context` is Next's own, with the route's `params`. Export one
 * for each method, and OPTIONS too where pages call: `export const OPTIONS = protect(handler, guard)`.
 */
export function protect<Context>(
  handler: (request: Request, caller: Caller, context: Context) => Response | Promise<Response>,
  options: GuardOptions | Guard,
  { needed = [] }: ProtectOptions = {},
): (request: Request, context: Context) => Promise<Response> {
  const guard = asGuard(options);
  return function protectedRoute(request, context) {
    return protectFetch((incoming, caller) => handler(incoming, caller, context), guard, { needed })(request);
  };
}

/** The metadata document: `export const GET = metadata(guard)` in app/.well-known/oauth-protected-resource/[[...path]]/route.ts. */
export function metadata(options: GuardOptions | Guard): (request: Request) => Response {
  const guard = asGuard(options);
  return (request) => guard.metadata(request) ?? new Response(null, { status: 404 });
}
