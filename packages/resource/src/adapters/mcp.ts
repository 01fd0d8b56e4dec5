import { type AuthInfo, authInfo } from "../auth-info.ts";
import { createGuard, type Guard } from "../guard.ts";
import { namesOperation, readMessage, toolScopesNeeded } from "../mcp-message.ts";
import type { GuardOptions } from "../options.ts";
import { shared } from "./fetch.ts";

/** `createMcpHandler(...).fetch` of SDK v2, or `handleRequest` of the web-standard Streamable HTTP transport. */
export type McpHandler = (
  request: Request,
  options: { authInfo: AuthInfo; parsedBody?: unknown },
) => Promise<Response>;

export interface ProtectMcpOptions {
  /** What a tool needs beyond `requiredScopes`. */
  readonly toolScopes?: Readonly<Record<string, readonly string[]>>;
}

/** An MCP server behind a guard. Browser origins are judged: the resource's own may call, and those allowed. */
export function protectMcp(
  handler: McpHandler,
  options: GuardOptions | Guard,
  { toolScopes }: ProtectMcpOptions = {},
): (request: Request) => Promise<Response> {
  const guard = "guard" in options ? options : createGuard({ allowedOrigins: [], ...options });
  return async function protectedMcp(request) {
    const metadata = guard.metadata(request);
    if (metadata) return metadata;
    const caller = await guard.guard(request);
    if (caller instanceof Response) return caller;
    const auth = { authInfo: authInfo(caller, guard) };
    if (request.method !== "POST" || !(toolScopes || namesOperation(request.headers))) {
      return shared(guard, request, await handler(request, auth));
    }
    const message = await readMessage(request);
    if (message instanceof Response) return shared(guard, request, message);
    const permitted = guard.authorize(caller, request, toolScopesNeeded(message.body, toolScopes ?? {}));
    if (permitted instanceof Response) return permitted;
    return shared(guard, request, await handler(request, { ...auth, parsedBody: message.body }));
  };
}
