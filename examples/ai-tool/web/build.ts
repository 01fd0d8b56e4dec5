import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const page = folder("../page");
const built = folder("../dist");
/** A change in any of these makes the last build stale. */
const sources = [page, folder("../../../packages/browser/src"), folder("../../../packages/protocol/src")];

/** The folder with the page as Vite builds it; built now unless there is a fresh one. */
export async function builtPage(say: (sentence: string) => void): Promise<string> {
  if (newest(sources) < newest([built])) return built;
  say("Building the page ...");
  const begun = performance.now();
  // Loaded only where it is needed: it is the slowest part of a start.
  const { build } = await import("vite");
  await build({
    root: page,
    configFile: false,
    logLevel: "warn",
    resolve: { conditions: ["valetkey-source", "module", "browser", "production"] },
    oxc: { jsx: { runtime: "automatic" } },
    worker: { format: "es" },
    build: { outDir: built, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  });
  say(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return built;
}

/** When the newest file below was written, in milliseconds; 0 where there is none. */
function newest(folders: readonly string[]): number {
  let time = 0;
  for (const one of folders) {
    try {
      for (const entry of readdirSync(one, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
    } catch {
      // Not there: nothing was built yet.
    }
  }
  return time;
}
