import { ownMember } from "@valetkey/protocol/mcp-tool";
import type { AuthInfo } from "./auth-info.ts";
import type { ListedTool } from "./tool-scopes.ts";

/** An MCP server's handler, as `protectMcp` takes it. */
type Handler = (request: Request, options: { authInfo: AuthInfo; parsedBody?: unknown }) => Promise<Response>;

/** Seconds for which a list holds. */
const usualHold = 5;
/** Most pages of a list that are asked for. */
const mostPages = 100;

/** MCP 2026-07-28 first, in which each request is whole in itself; then what servers without sessions took before. */
const revisions = [
  {
    headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/list" },
    meta: {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "valetkey-guard", version: "0.1.0" },
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  },
  { headers: { "mcp-protocol-version": "2025-11-25" }, meta: undefined },
] as const;

/**
 * For `toolScopes`: the tools that the server itself lists, asked in process, without a token and without sessions. A list
 * holds for five seconds. A server that shows tools to some callers only must name them in the table.
 * @param now seconds
 */
export function listedBy(
  handler: Handler,
  resource: string,
  now: () => number = () => performance.now() / 1_000,
): () => Promise<readonly ListedTool[]> {
  let held: { readonly tools: readonly ListedTool[]; readonly until: number } | undefined;
  let underWay: Promise<readonly ListedTool[]> | undefined;
  const ask = async () => {
    const tools = await listOf(handler, resource);
    held = { tools, until: now() + usualHold };
    return tools;
  };
  return async () => {
    if (held && now() < held.until) return held.tools;
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
    return await underWay;
  };
}

/** @throws Error when the server does not tell */
async function listOf(handler: Handler, resource: string): Promise<readonly ListedTool[]> {
  let failure: unknown;
  for (const revision of revisions) {
    try {
      const tools: ListedTool[] = [];
      let cursor: unknown;
      for (let page = 0; page < mostPages; page++) {
        const result = await pageOf(handler, resource, revision, cursor);
        const list = ownMember(result, "tools");
        if (!Array.isArray(list)) throw new Error("The server lists no tools.");
        tools.push(...list);
        cursor = ownMember(result, "nextCursor");
        if (cursor === undefined) return tools;
      }
      throw new Error("The list of tools has no end.");
    } catch (thrown) {
      failure ??= thrown;
    }
  }
  throw failure;
}

async function pageOf(
  handler: Handler,
  resource: string,
  { headers, meta }: (typeof revisions)[number],
  cursor: unknown,
): Promise<unknown> {
  const params = { ...(meta && { _meta: meta }), ...(cursor !== undefined && { cursor }) };
  const parsedBody = { jsonrpc: "2.0", id: 1, method: "tools/list", params };
  const request = new Request(resource, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify(parsedBody),
  });
  const answer = await handler(request, { authInfo: nobody(resource), parsedBody });
  const text = await answer.text();
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  const messages = isStream ? [...text.matchAll(/^data: ?(.+)$/gm)].map(([, data]) => data ?? "") : [text];
  const results = messages.map((message) => ownMember(JSON.parse(message), "result"));
  return results.find((result) => result !== undefined);
}

/** The guard on its own account: no token, no scope. */
function nobody(resource: string): AuthInfo {
  return {
    token: "",
    clientId: "valetkey-guard",
    scopes: [],
    expiresAt: Number.MAX_SAFE_INTEGER,
    resource: new URL(resource),
    resourceMetadataUrl: "",
    extra: { subject: "", isMachine: true, roles: [], claims: {} },
  };
}
