import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLinePage } from "../packages/server/src/cli/manual.ts";
import {
  commentedYaml,
  settingsJsonSchema,
  settingsMarkdown,
} from "../packages/server/src/config/describe.ts";
import { flowsPage } from "./flows-page.ts";
import { root } from "./house.ts";
import { openApiPage } from "./openapi-page.ts";
import { postmanPage } from "./postman-page.ts";
import { refusalsPage } from "./refusals-page.ts";
import { specsPage } from "./specs-page.ts";

/** Every generated page, and the noun that prints it. A new page is a new line. */
const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  "docs/specs.md": specsPage,
  "docs/refusals.md": refusalsPage,
  "docs/operate/command-line.md": commandLinePage,
  "docs/api/openapi.json": openApiPage,
  "docs/api/valetkey.postman_collection.json": postmanPage,
  "docs/api/flows.md": flowsPage,
  "docs/settings.md": settingsMarkdown,
  "docs/settings.schema.json": () => `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`,
  "deploy/valetkey.example.yaml": () => commentedYaml("https://auth.example.com"),
};

const check = process.argv.includes("--check");
const stale: string[] = [];
for (const [path, page] of Object.entries(pages)) {
  const file = join(root, path);
  const text = await page();
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  if (check) stale.push(path);
  else writeFileSync(file, text);
}
if (stale.length > 0) {
  console.error(
    `${stale.join(", ")} differ from what the code says: run npm run docs and commit the result.`,
  );
  process.exitCode = 1;
}
