import { once } from "node:events";
import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

/** How the calls of the tool stand, by the name that each was given. */
export type Waits = Map<string, "waiting" | "cancelled">;

/** A tool that says that it began and ends only when its call is cancelled: the referee has no scenario for that. */
export function waitingTool(server: McpServer, waits: Waits): void {
  server.registerTool(
    "test_waiting",
    { description: "Waits to be cancelled.", inputSchema: z.object({ name: z.string() }) },
    async ({ name }, { mcpReq: { signal, notify, _meta } }) => {
      waits.set(name, "waiting");
      const params = { progressToken: _meta?.progressToken, progress: 1 };
      if (params.progressToken !== undefined) await notify({ method: "notifications/progress", params });
      if (!signal.aborted) await once(signal, "abort");
      waits.set(name, "cancelled");
      throw new Error("Cancelled.");
    },
  );
}
