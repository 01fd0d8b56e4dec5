import { type AuthInfo, authInfo } from "../auth-info.ts";
import type { Caller } from "../caller.ts";
import { createGuard, type Guard } from "../guard.ts";
import { namesOperation, readMessage } from "../mcp-message.ts";
import type { GuardOptions } from "../options.ts";
import { neededFor, type ToolScopes } from "../tool-scopes.ts";
import { shared } from "./fetch.ts";

export { listedBy } from "../listed-tools.ts";
export { type ListedTool, type ToolScopes, type ToolScopesOptions, toolScopes } from "../tool-scopes.ts";

/** `createMcpHandler(...).fetch` of SDK v2, or `handleRequest` of the web-standard Streamable HTTP transport. */
export type McpHandler = (
  request: Request,
  options: { authInfo: AuthInfo; parsedBody?: unknown },
) => Promise<Response>;

export interface ProtectMcpOptions {
  /** What a tool needs beyond `requiredScopes`: by its name, or derived from its annotations by {@link toolScopes}. */
  readonly toolScopes?: Readonly<Record<string, readonly string[]>> | ToolScopes;
  /**
   * Asked before each piece of a body is held: false answers 503. A body has 4 MiB at most, and nobody else counts how
   * many are in memory at once; when one is done with, the server that took the request knows.
   */
  readonly hold?: (request: Request, caller: Caller, octets: number) => boolean;
}

/** An MCP server behind a guard. Browser origins are judged: the resource's own may call, and those allowed. */
export function protectMcp(
  handler: McpHandler,
  options: GuardOptions | Guard,
  { toolScopes, hold }: ProtectMcpOptions = {},
): (request: Request) => Promise<Response> {
  const guard = "guard" in options ? options : createGuard({ allowedOrigins: [], ...options });
  return async function protectedMcp(request) {
    const metadata = guard.metadata(request);
    if (metadata) return metadata;
    const caller = await guard.guard(request);
    if (caller instanceof Response) return caller;
    const auth = { authInfo: authInfo(caller, guard) };
    if (request.method !== "POST" || !(toolScopes || hold || namesOperation(request.headers))) {
      return shared(guard, request, await handler(request, auth));
    }
    const message = await readMessage(request, (octets) => hold?.(request, caller, octets) ?? true);
    if (message instanceof Response) return shared(guard, request, message);
    const needed = await neededFor(message.body, toolScopes ?? {});
    const permitted = guard.authorize(caller, request, needed);
    if (permitted instanceof Response) return permitted;
    return shared(guard, request, await handler(request, { ...auth, parsedBody: message.body }));
  };
}
