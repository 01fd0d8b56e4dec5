import {
  createMcpHandler,
  InMemoryServerEventBus,
  isLegacyRequest,
  McpServer,
} from "@modelcontextprotocol/server";
import type { McpHandler } from "@valetkey/resource/mcp";
import { askingTools } from "./asking-tools.ts";
import { changes } from "./changes.ts";
import { contentTools } from "./content-tools.ts";
import { inputRequiredTools } from "./input-required-tools.ts";
import { prompts } from "./prompts.ts";
import { resources } from "./resources.ts";
import { rounds, roundTripTools } from "./round-trip-tools.ts";
import { runningTools } from "./running-tools.ts";
import { schemaTools } from "./schema-tools.ts";
import { sessions } from "./sessions.ts";
import { isAboutTasks, taskServer, tasksExtension } from "./task-server.ts";
import { Tasks } from "./tasks.ts";
import { type Waits, waitingTool } from "./waiting-tool.ts";

/** An MCP server that has all that the referee asks for: with sessions until 2025-11-25, without since 2026-07-28. */
export function everythingServer(): { handle: McpHandler; waits: Waits; close(): Promise<void> } {
  const waits: Waits = new Map();
  const bus = new InMemoryServerEventBus();
  const tasks = new Tasks();
  const newServer = () => {
    const server = new McpServer(
      { name: "everything", version: "1.0.0" },
      { capabilities, requestState: rounds },
    );
    for (const add of [
      contentTools,
      schemaTools,
      runningTools,
      askingTools,
      inputRequiredTools,
      roundTripTools,
      prompts,
      resources,
    ])
      add(server);
    changes(server, bus);
    waitingTool(server, waits);
    return server;
  };
  const before = sessions(newServer);
  const since = createMcpHandler(
    ({ requestInfo }) => (isAboutTasks(requestInfo?.headers) ? taskServer(tasks) : newServer()),
    { legacy: "reject", bus },
  );
  return {
    waits,
    handle: async (request, context) =>
      (await isLegacyRequest(request, context.parsedBody))
        ? before.handle(request, context)
        : since.fetch(request, context),
    close: async () => {
      tasks.cancelAll();
      await Promise.all([before.close(), since.close()]);
    },
  };
}

const capabilities = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { listChanged: true, subscribe: true },
  logging: {},
  completions: {},
  extensions: { [tasksExtension]: {} },
};
