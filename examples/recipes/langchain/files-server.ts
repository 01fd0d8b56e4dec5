import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { createGuard } from "@valetkey/resource";
import { protectMcp } from "@valetkey/resource/mcp";
import { z } from "zod";

/** An MCP server with two tools, the guard in front: each tool has its scope. */
export function filesServer(issuer: string, resource: string): (request: Request) => Promise<Response> {
  const files = new Map([["water.txt", "Mondays and Thursdays"]]);
  const handler = createMcpHandler(() => toolsOf(files));
  const toolScopes = { read_file: ["files:read"], delete_file: ["files:delete"] };
  return protectMcp(handler.fetch, createGuard({ issuer, resource }), { toolScopes });
}

function toolsOf(files: Map<string, string>): McpServer {
  const server = new McpServer({ name: "files", version: "1.0.0" });
  const inputSchema = z.object({ name: z.string() });
  server.registerTool("read_file", { description: "Reads a file.", inputSchema }, async ({ name }) =>
    text(files.get(name) ?? `There is no ${name}.`),
  );
  server.registerTool("delete_file", { description: "Deletes a file.", inputSchema }, async ({ name }) =>
    text(files.delete(name) ? `${name} is gone.` : `There is no ${name}.`),
  );
  return server;
}

function text(line: string) {
  return { content: [{ type: "text" as const, text: line }] };
}
