import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import type { Guard } from "@valetkey/resource";
import { protectMcp } from "@valetkey/resource/mcp";
import { z } from "zod";

/** An MCP server as its author had it, three tools over one list, and the guard in front: one call. */
export function notesServer(guard: Guard): (request: Request) => Promise<Response> {
  const notes = new Map<string, string[]>();
  const mcp = createMcpHandler(() => tools(notes));
  return protectMcp(mcp.fetch, guard, {
    toolScopes: { list_notes: ["notes:read"], add_note: ["notes:write"] },
  });
}

function tools(notes: Map<string, string[]>): McpServer {
  const server = new McpServer({ name: "example-notes", version: "1.0.0" });
  server.registerTool(
    "whoami",
    { description: "Says who you are and what you may do here.", annotations: { readOnlyHint: true } },
    async ({ http }) => {
      const auth = http?.authInfo;
      return text(
        `You are ${auth?.extra?.["subject"]}, through ${auth?.clientId}, with ${auth?.scopes.join(" ")}.`,
      );
    },
  );
  server.registerTool(
    "list_notes",
    { description: "Lists your notes.", annotations: { readOnlyHint: true } },
    async ({ http }) => text((notes.get(subjectOf(http)) ?? []).join("\n") || "There are no notes yet."),
  );
  server.registerTool(
    "add_note",
    {
      description: "Writes a note in your name.",
      annotations: { readOnlyHint: false, destructiveHint: false },
      inputSchema: z.object({ note: z.string().min(1).max(1000) }),
    },
    async ({ note }, { http }) => {
      const subject = subjectOf(http);
      const mine = [...(notes.get(subject) ?? []), note].slice(-100);
      notes.set(subject, mine);
      return text(`Noted. You have ${mine.length}.`);
    },
  );
  return server;
}

function subjectOf(http: { authInfo?: { extra?: Record<string, unknown> } | undefined } | undefined): string {
  return String(http?.authInfo?.extra?.["subject"] ?? "");
}

function text(line: string) {
  return { content: [{ type: "text" as const, text: line }] };
}
