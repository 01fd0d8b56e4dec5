import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const OUTSIDE = new Set(["node_modules", "dist", ".git", ".artifacts", ".valetkey"]);
const ROOMS = ["packages", "gate", "conformance", "examples", "bench"];

/** Paths from the root, with `/`, of every file of ours that ends so, in order. */
export function filesEnding(...endings: readonly string[]): string[] {
  return ROOMS.flatMap((room) => walk(join(root, room)))
    .map((path) => relative(root, path).split(sep).join("/"))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}

function walk(folder: string): string[] {
  let entries: ReturnType<typeof list>;
  try {
    entries = list(folder);
  } catch {
    return []; // a room that this checkout does not have yet
  }
  return entries.flatMap((entry) => {
    if (OUTSIDE.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

const list = (folder: string) => readdirSync(folder, { withFileTypes: true });
