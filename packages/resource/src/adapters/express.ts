import type { RequestHandler } from "express";
import { authInfo, type SdkAuthInfo } from "../auth-info.ts";
import type { Caller } from "../caller.ts";
import type { Guard } from "../guard.ts";
import { requestReader, sendResponse } from "../node-request.ts";
import type { GuardOptions } from "../options.ts";
import type { Needed } from "../scopes.ts";
import { asGuard } from "./fetch.ts";

declare global {
  namespace Express {
    interface Request {
      /** Who calls, once the guard let the request through. */
      caller?: Caller;
      /** The same as the official MCP SDK reads it, in its type; for code of your own `caller` says more. */
      auth?: SdkAuthInfo;
    }
  }
}

/**
 * Middleware for Express 5; for an MCP server put it before the transport, which hands `req.auth` to the tools. Mount it
 * with `app.use(protect(options))` so that it can answer the metadata document too.
 */
export function protect(options: GuardOptions | Guard, needed: Needed = []): RequestHandler {
  const guard = asGuard(options);
  const requestOf = requestReader(guard.resource);
  return async function protectedRoute(req, res, next) {
    const request = requestOf(req);
    const result = guard.metadata(request) ?? (await guard.guard(request, needed, req));
    if (result instanceof Response) {
      await sendResponse(result, res);
      return;
    }
    req.caller = result;
    req.auth = authInfo(result, guard);
    for (const [name, value] of Object.entries(guard.corsHeaders(request))) res.append(name, value);
    next();
  };
}
