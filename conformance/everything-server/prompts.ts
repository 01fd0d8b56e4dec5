import { acceptedContent, completable, inputRequired, type McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { image } from "./content.ts";

/** Prompts with every kind of content, with arguments that can be completed, and one that needs input first. */
export function prompts(server: McpServer): void {
  server.registerPrompt("test_simple_prompt", { description: "Has no arguments." }, () =>
    asking("This is a simple prompt for testing."),
  );
  server.registerPrompt(
    "test_prompt_with_arguments",
    {
      description: "Repeats its arguments.",
      argsSchema: z.object({
        arg1: completable(z.string(), (begun) =>
          ["paris", "park", "party", "test"].filter((word) => word.startsWith(begun)),
        ),
        arg2: z.string(),
      }),
    },
    ({ arg1, arg2 }) => asking(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "Embeds a resource.", argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) => ({
      messages: [
        {
          role: "user",
          content: {
            type: "resource",
            resource: { uri, mimeType: "text/plain", text: "Embedded resource content for testing." },
          },
        },
        ...asking("Please process the embedded resource above.").messages,
      ],
    }),
  );
  server.registerPrompt("test_prompt_with_image", { description: "Shows an image." }, () => ({
    messages: [
      { role: "user", content: { type: "image", data: image, mimeType: "image/png" } },
      ...asking("Please analyze the image above.").messages,
    ],
  }));
  server.registerPrompt(
    "test_input_required_result_prompt",
    { description: "Asks for its context first." },
    ({ mcpReq }) => {
      const requestedSchema = z.object({ context: z.string() });
      const given = acceptedContent(mcpReq.inputResponses, "user_context", requestedSchema);
      if (given) return asking(`Within ${given.context}: what is next?`);
      const message = "What context should the prompt use?";
      return inputRequired({
        inputRequests: { user_context: inputRequired.elicit({ message, requestedSchema }) },
      });
    },
  );
}

function asking(text: string) {
  return { messages: [{ role: "user" as const, content: { type: "text" as const, text } }] };
}
