import { protect } from "@valetkey/resource/fetch";
import { mcp } from "../a-server.ts";
import { type Fetch, issuerName, type Stage } from "./stage.ts";

const mcpServer = "MCP server";

/** An MCP server behind the guard, as far as a caller without the right to it can tell: how `from` calls it. */
export function aGuardedServer(stage: Stage, from: string): Fetch {
  const { server } = stage;
  const ask = stage.between(mcpServer, issuerName, (request) => server.fetchHere(request));
  const fetchHandler = protect(
    () => Response.json({ jsonrpc: "2.0", id: 1, result: { content: [] } }),
    {
      issuer: server.issuer,
      resource: mcp,
      scopes: ["tools:use"],
      clock: () => server.clock.now(),
      fetch: (url, init) => ask(url, init),
    },
    {
      needed: (request) => (request.headers.get("mcp-name") === "add_note" ? ["notes:write"] : ["tools:use"]),
    },
  );
  return stage.between(from, mcpServer, fetchHandler);
}

/** A call of a tool. MCP 2026-07-28 names the tool in a header too. */
export function toolCall(token: string | undefined, name: string): RequestInit {
  return {
    method: "POST",
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      "content-type": "application/json",
      "mcp-name": name,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name } }),
  };
}
