import { once } from "node:events";
import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

/** How the calls of the tool stand, by the name that each was given. */
export type Waits = Map<string, "waiting" | "cancelled">;

/** A tool that ends only when its call is cancelled, which the referee has no scenario for. */
export function waitingTool(server: McpServer, waits: Waits): void {
  server.registerTool(
    "test_waiting",
    { description: "Waits to be cancelled.", inputSchema: z.object({ name: z.string() }) },
    async ({ name }, { mcpReq: { signal } }) => {
      waits.set(name, "waiting");
      if (!signal.aborted) await once(signal, "abort");
      waits.set(name, "cancelled");
      throw new Error("Cancelled.");
    },
  );
}
