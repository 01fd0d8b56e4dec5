import {
  MissingRequiredClientCapabilityError,
  Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { capabilitiesOf, subjectOf } from "./caller.ts";
import { taskTools } from "./task-tools.ts";
import type { Tasks } from "./tasks.ts";

export const tasksExtension = "io.modelcontextprotocol/tasks";

/** Since 2026-07-28 every request names its method and tool in headers, which agree with its body. */
export function isAboutTasks(headers: Headers | undefined): boolean {
  return (
    headers?.get("mcp-method")?.startsWith("tasks/") === true || taskTools.has(headers?.get("mcp-name") ?? "")
  );
}

/**
 * The tools that may become tasks, and what clients do with tasks. A `Server` of its own, since `McpServer` turns every
 * error that a tool throws into a result, and a client without the extension is owed the error -32021.
 */
export function taskServer(tasks: Tasks): Server {
  const server = new Server({ name: "everything", version: "1.0.0" }, { capabilities: { tools: {} } });
  server.setRequestHandler("tools/call", async ({ params }, context) => {
    const tool = taskTools.get(params.name);
    if (!tool) throw new Error(`There is no tool ${params.name}.`);
    const given = params.arguments ?? {};
    if (!knowsTasks(context)) {
      if (tool.needsTasks) throw tasksNeeded();
      return await tool.work(given, { signal: context.mcpReq.signal, ask: async () => undefined }, context);
    }
    const before = tool.before?.(context);
    if (before) return before;
    const task = tasks.begin(ownerOf(context), (work) => tool.work(given, work, context));
    // The SDK's type of a tool's result wants content, which the result of a new task has no use for.
    return { resultType: "task", content: [], ...task };
  });

  const params = z.looseObject({ taskId: z.string() });
  server.setRequestHandler("tasks/get", { params }, ({ taskId }, context) => {
    requireTasks(context);
    return tasks.get(ownerOf(context), taskId);
  });
  server.setRequestHandler("tasks/update", { params }, ({ taskId }, context) => {
    requireTasks(context);
    tasks.update(ownerOf(context), taskId, context.mcpReq.inputResponses ?? {});
    return {};
  });
  server.setRequestHandler("tasks/cancel", { params }, ({ taskId }, context) => {
    requireTasks(context);
    tasks.cancel(ownerOf(context), taskId);
    return {};
  });
  return server;
}

function ownerOf({ http }: ServerContext): string {
  return subjectOf(http?.authInfo);
}

function knowsTasks(context: ServerContext): boolean {
  return capabilitiesOf(context).extensions?.[tasksExtension] !== undefined;
}

function requireTasks(context: ServerContext): void {
  if (!knowsTasks(context)) throw tasksNeeded();
}

function tasksNeeded(): Error {
  const requiredCapabilities = { extensions: { [tasksExtension]: {} } };
  return new MissingRequiredClientCapabilityError({ requiredCapabilities });
}
