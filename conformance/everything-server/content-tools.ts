import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { audio, image, said } from "./content.ts";

/** Tools whose answers are of every kind of content, and one that fails. */
export function contentTools(server: McpServer): void {
  server.registerTool("test_simple_text", { description: "Answers with text." }, () =>
    said("This is a simple text response for testing."),
  );
  server.registerTool("test_image_content", { description: "Answers with an image." }, () => ({
    content: [{ type: "image", data: image, mimeType: "image/png" }],
  }));
  server.registerTool("test_audio_content", { description: "Answers with sound." }, () => ({
    content: [{ type: "audio", data: audio, mimeType: "audio/wav" }],
  }));
  server.registerTool("test_embedded_resource", { description: "Answers with a resource." }, () => ({
    content: [
      {
        type: "resource",
        resource: {
          uri: "test://embedded-resource",
          mimeType: "text/plain",
          text: "This is an embedded resource content.",
        },
      },
    ],
  }));
  server.registerTool("test_multiple_content_types", { description: "Answers with three kinds." }, () => ({
    content: [
      { type: "text", text: "Multiple content types test:" },
      { type: "image", data: image, mimeType: "image/png" },
      {
        type: "resource",
        resource: {
          uri: "test://mixed-content-resource",
          mimeType: "application/json",
          text: JSON.stringify({ test: "data", value: 123 }),
        },
      },
    ],
  }));
  server.registerTool("test_error_handling", { description: "Always fails." }, () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
  server.registerTool(
    "greet",
    { description: "Greets by name.", inputSchema: z.object({ name: z.string() }) },
    ({ name }) => said(`Hello, ${name}!`),
  );
}
