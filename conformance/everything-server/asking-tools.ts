import type { ElicitRequestFormParams, ElicitResult, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { said } from "./content.ts";
import { choices, defaults, person } from "./forms.ts";

/** Tools that ask the client by requests of their own while they run, as MCP did until 2025-11-25. */
export function askingTools(server: McpServer): void {
  server.registerTool(
    "test_sampling",
    { description: "Asks the client's model.", inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, { mcpReq }) => {
      const { content } = await mcpReq.requestSampling({
        messages: [{ role: "user", content: { type: "text", text: prompt } }],
        maxTokens: 100,
      });
      const [first] = Array.isArray(content) ? content : [content];
      return said(`LLM response: ${first?.type === "text" ? first.text : "no text"}`);
    },
  );
  server.registerTool(
    "test_elicitation",
    { description: "Asks the person.", inputSchema: z.object({ message: z.string() }) },
    async ({ message }, { mcpReq }) =>
      said(`User response: ${answered(await mcpReq.elicitInput(form(message, person)))}`),
  );
  for (const [name, description, asked] of [
    ["test_elicitation_sep1034_defaults", "Asks with a default for every type.", defaults],
    ["test_elicitation_sep1330_enums", "Asks for one or several of given values.", choices],
  ] as const) {
    server.registerTool(name, { description }, async ({ mcpReq }) =>
      said(
        `Elicitation completed: ${answered(await mcpReq.elicitInput(form("Please fill in the form.", asked)))}`,
      ),
    );
  }
}

function form(message: string, requestedSchema: ElicitRequestFormParams["requestedSchema"]) {
  return { mode: "form" as const, message, requestedSchema };
}

function answered({ action, content }: ElicitResult): string {
  return `action=${action}, content=${JSON.stringify(content ?? {})}`;
}
