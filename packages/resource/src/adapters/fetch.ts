import type { Caller } from "../caller.ts";
import { createGuard, type Guard } from "../guard.ts";
import type { GuardOptions } from "../options.ts";
import type { Needed } from "../scopes.ts";

export interface ProtectOptions {
  /** The scopes that a request needs, or how to tell them. */
  readonly needed?: Needed | ((request: Request) => Needed);
}

/** A fetch handler behind a guard: metadata, preflight and refusals answered, everything else with its caller. */
export function protect(
  handler: (request: Request, caller: Caller) => Response | Promise<Response>,
  options: GuardOptions | Guard,
  { needed = [] }: ProtectOptions = {},
): (request: Request) => Promise<Response> {
  const guard = asGuard(options);
  return async function protectedFetch(request) {
    const metadata = guard.metadata(request);
    if (metadata) return metadata;
    const caller = await guard.guard(request, typeof needed === "function" ? needed(request) : needed);
    if (caller instanceof Response) return caller;
    return shared(guard, request, await handler(request, caller));
  };
}

/** A guard may be shared between handlers, so that they share its keys and its memory. */
export function asGuard(options: GuardOptions | Guard): Guard {
  return "guard" in options ? options : createGuard(options);
}

/** The handler's answer, readable for the pages that `allowedOrigins` names. */
export function shared(guard: Guard, request: Request, response: Response): Response {
  const cors = Object.entries(guard.corsHeaders(request));
  if (cors.length === 0 || response.headers.has("access-control-allow-origin")) return response;
  const copy = new Response(response.body, response);
  for (const [name, value] of cors) {
    if (name === "vary") copy.headers.append(name, value);
    else copy.headers.set(name, value);
  }
  return copy;
}
