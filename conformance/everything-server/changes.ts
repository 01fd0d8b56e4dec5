import type { McpServer, ServerEventBus } from "@modelcontextprotocol/server";
import { said } from "./content.ts";
import { watched } from "./resources.ts";

/**
 * Tools that change what the server has, and the ways to hear of it: streams of `subscriptions/listen` by the bus,
 * sessions of 2025-11-25 by a notification on their own stream.
 */
export function changes(server: McpServer, bus: ServerEventBus): void {
  const watching = new Set<string>();
  server.server.setRequestHandler("resources/subscribe", ({ params }) => {
    watching.add(params.uri);
    return {};
  });
  server.server.setRequestHandler("resources/unsubscribe", ({ params }) => {
    watching.delete(params.uri);
    return {};
  });
  const isSession = () => server.server.transport?.sessionId !== undefined;

  server.registerTool("test_trigger_tool_change", { description: "Changes the list of tools." }, () => {
    if (isSession()) server.sendToolListChanged();
    else bus.publish({ kind: "tools_list_changed" });
    return said("The tools changed.");
  });
  server.registerTool("test_trigger_prompt_change", { description: "Changes the list of prompts." }, () => {
    if (isSession()) server.sendPromptListChanged();
    else bus.publish({ kind: "prompts_list_changed" });
    return said("The prompts changed.");
  });
  server.registerTool("change_watched_resource", { description: "Changes a resource." }, async () => {
    if (!isSession()) bus.publish({ kind: "resource_updated", uri: watched });
    else if (watching.has(watched)) await server.server.sendResourceUpdated({ uri: watched });
    return said("The resource changed.");
  });
}
