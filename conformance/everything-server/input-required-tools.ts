import {
  acceptedContent,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { capabilitiesOf } from "./caller.ts";
import { said } from "./content.ts";

/** Tools that answer "input required" and are called again with the input, as MCP does since 2026-07-28. */
export function inputRequiredTools(server: McpServer): void {
  server.registerTool(
    "test_input_required_result_elicitation",
    { description: "Asks for a name." },
    ({ mcpReq }) => {
      const given = acceptedContent(mcpReq.inputResponses, "user_name", named);
      if (!given) return inputRequired({ inputRequests: { user_name: askName("What is your name?") } });
      return said(`Hello, ${given.name}!`);
    },
  );
  server.registerTool(
    "test_input_required_result_sampling",
    { description: "Asks the model." },
    ({ mcpReq }) => {
      const given = inputResponse(mcpReq.inputResponses, "capital_question");
      if (given.kind === "sampling") return said(JSON.stringify(given.result.content));
      return inputRequired({
        inputRequests: { capital_question: askModel("What is the capital of France?") },
      });
    },
  );
  server.registerTool(
    "test_input_required_result_list_roots",
    { description: "Asks for roots." },
    ({ mcpReq }) => {
      const given = inputResponse(mcpReq.inputResponses, "client_roots");
      if (given.kind === "roots") return said(given.roots.map(({ uri }) => uri).join("\n"));
      return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    },
  );
  server.registerTool(
    "test_input_required_result_capabilities",
    { description: "Asks what the client can answer, and nothing else." },
    (context) => {
      const able = capabilitiesOf(context);
      return inputRequired({
        inputRequests: {
          ...(able.sampling && { question: askModel("What now?") }),
          ...(able.elicitation && { user_name: askName("What is your name?") }),
          ...(able.roots && { client_roots: inputRequired.listRoots() }),
        },
      });
    },
  );
  // The SDK answers -32021 when the client did not declare what is asked of it.
  server.registerTool("test_missing_capability", { description: "Needs a client with a model." }, asksModel);
  server.registerTool("test_streaming_elicitation", { description: "Asks for a name, and waits." }, () =>
    inputRequired({ inputRequests: { user_name: askName("What is your name?") } }),
  );
}

const named = z.object({ name: z.string() });

export function askName(message: string) {
  return inputRequired.elicit({ message, requestedSchema: named });
}

export function askModel(text: string) {
  return inputRequired.createMessage({
    messages: [{ role: "user", content: { type: "text", text } }],
    maxTokens: 100,
  });
}

function asksModel({ mcpReq }: ServerContext) {
  if (inputResponse(mcpReq.inputResponses, "question").kind === "sampling")
    return said("The model answered.");
  return inputRequired({ inputRequests: { question: askModel("What now?") } });
}
