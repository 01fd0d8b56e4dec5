import { setTimeout as sleep } from "node:timers/promises";
import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import { said } from "./content.ts";

/** Milliseconds between two notifications, so that each travels by itself. */
const pause = 50;

/** Tools that say something while they run. */
export function runningTools(server: McpServer): void {
  server.registerTool("test_tool_with_logging", { description: "Logs while it runs." }, logging);
  server.registerTool(
    "test_logging_tool",
    { description: "Logs, to those who asked for it." },
    async ({ mcpReq }) => {
      await mcpReq.log("info", "Nobody hears this who did not ask for it.");
      return said("The tool ran.");
    },
  );
  server.registerTool(
    "test_tool_with_progress",
    { description: "Reports its progress." },
    async ({ mcpReq }) => {
      const progressToken = mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progress > 0) await sleep(pause);
        if (progressToken === undefined) continue;
        const params = { progressToken, progress, total: 100 };
        await mcpReq.notify({ method: "notifications/progress", params });
      }
      return said("All steps are done.");
    },
  );
  server.registerTool(
    "test_reconnection",
    { description: "Closes its stream and answers on the next one." },
    async ({ http }) => {
      await sleep(pause);
      http?.closeSSE?.();
      await sleep(pause);
      return said("Answered after the stream was closed.");
    },
  );
}

async function logging({ mcpReq }: ServerContext) {
  await mcpReq.log("info", "Tool execution started");
  await sleep(pause);
  await mcpReq.log("info", "Tool processing data");
  await sleep(pause);
  await mcpReq.log("info", "Tool execution completed");
  return said("The tool ran.");
}
