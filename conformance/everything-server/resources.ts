import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import { image } from "./content.ts";

export const watched = "test://watched-resource";

/** Resources of text and of octets, one that can be watched, and a template. */
export function resources(server: McpServer): void {
  text(server, "static-text", "test://static-text", "This is the content of the static text resource.");
  text(server, "watched-resource", watched, "This is the content of the watched resource.");
  server.registerResource(
    "static-binary",
    "test://static-binary",
    { description: "An image", mimeType: "image/png" },
    ({ href: uri }) => ({ contents: [{ uri, mimeType: "image/png", blob: image }] }),
  );
  server.registerResource(
    "template",
    new ResourceTemplate("test://template/{id}/data", { list: undefined }),
    { description: "Data by its id", mimeType: "application/json" },
    ({ href: uri }, { id }) => {
      const data = { id, templateTest: true, data: `Data for ID: ${String(id)}` };
      return { contents: [{ uri, mimeType: "application/json", text: JSON.stringify(data) }] };
    },
  );
}

function text(server: McpServer, name: string, uri: string, text: string): void {
  const cacheHint = { ttlMs: 60_000, cacheScope: "private" as const };
  server.registerResource(name, uri, { description: "Text", mimeType: "text/plain", cacheHint }, () => ({
    contents: [{ uri, mimeType: "text/plain", text }],
  }));
}
