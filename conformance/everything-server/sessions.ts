import { randomUUID } from "node:crypto";
import { type McpServer, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import type { McpHandler } from "@valetkey/resource/mcp";
import { subjectOf } from "./caller.ts";
import { eventLog } from "./event-log.ts";

interface Session {
  readonly owner: string;
  readonly transport: WebStandardStreamableHTTPServerTransport;
}

/** MCP until 2025-11-25: a server and a transport for each session, which answers its own person only. */
export function sessions(newServer: () => McpServer): { handle: McpHandler; close(): Promise<void> } {
  const open = new Map<string, Session>();
  return {
    async handle(request, { authInfo, parsedBody }) {
      const owner = subjectOf(authInfo);
      const id = request.headers.get("mcp-session-id");
      const session = id === null ? await begin(owner) : open.get(id);
      if (session?.owner !== owner) return unknown();
      return session.transport.handleRequest(request, { authInfo, parsedBody });
    },
    async close() {
      await Promise.all([...open.values()].map(({ transport }) => transport.close()));
    },
  };

  async function begin(owner: string): Promise<Session> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: eventLog(),
      retryInterval: 20,
      onsessioninitialized: (id) => void open.set(id, session),
      onsessionclosed: (id) => void open.delete(id),
    });
    const session = { owner, transport };
    await newServer().connect(transport);
    return session;
  }
}

function unknown(): Response {
  const error = { code: -32001, message: "Session not found" };
  return Response.json({ jsonrpc: "2.0", error, id: null }, { status: 404 });
}
