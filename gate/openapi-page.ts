import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type OpenApiDocument, openApiDocument } from "../packages/server/src/description/openapi.ts";
import { routeTable } from "../packages/server/src/testing/route-table.ts";
import { root } from "./house.ts";

/** The version that the description belongs to: the server's own. */
function serverVersion(): string {
  const text = readFileSync(join(root, "packages/server/package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

export function openApiDescription(): OpenApiDocument {
  return openApiDocument(routeTable("https://auth.example.com"), serverVersion());
}

/** docs/api/openapi.json */
export function openApiPage(): string {
  return `${JSON.stringify(openApiDescription(), null, 2)}\n`;
}
