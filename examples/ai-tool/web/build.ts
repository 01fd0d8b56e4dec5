import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const page = here("../page");
const builds = here("../dist");
/** A change in any of these makes the last build stale. */
const sources = [page, here("../../../packages/browser/src"), here("../../../packages/protocol/src")];
const lockFile = here("../../../package-lock.json");

/** The folder with the page as Vite builds it; built now unless there is a fresh one. */
export async function builtPage(say: (sentence: string) => void): Promise<string> {
  const built = join(builds, String(Math.floor(newestSource())));
  if (isFolder(built)) return built;
  say("Building the page ...");
  const begun = performance.now();
  // Loaded only where it is needed: it is the slowest part of a start.
  const { build } = await import("vite");
  const making = join(builds, `.${process.pid}`);
  await build({
    root: page,
    configFile: false,
    logLevel: "warn",
    resolve: { conditions: ["valetkey-source", "module", "browser", "production"] },
    oxc: { jsx: { runtime: "automatic" } },
    worker: { format: "es" },
    build: { outDir: making, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  });
  put(making, built);
  say(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return built;
}

/** Whole or not at all: another start may be reading, or building the same. */
function put(made: string, place: string): void {
  const others = readdirSync(builds).filter((name) => !name.startsWith(".") && join(builds, name) !== place);
  for (const name of others) rmSync(join(builds, name), { recursive: true, force: true });
  try {
    renameSync(made, place);
  } catch (thrown) {
    if (!isFolder(place)) throw thrown;
    rmSync(made, { recursive: true, force: true });
  }
}

/** When the newest file was written, in milliseconds. */
function newestSource(): number {
  let time = statSync(lockFile).mtimeMs;
  for (const folder of sources)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return time;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
