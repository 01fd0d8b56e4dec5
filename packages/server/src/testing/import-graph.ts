import { readFileSync } from "node:fs";
import { posix } from "node:path";

/** One `import` or re-export, of values or of types alone. */
export interface Import {
  readonly from: string;
  /** A file of ours as a path from the root; else the module as it was named. */
  readonly to: string;
}

const IMPORTS = [
  /^\s*(?:import|export)\b[^;"'`]*?\bfrom\s*"([^"]+)"/gm,
  /^\s*import\s*"([^"]+)"/gm,
  /\bimport\(\s*"([^"]+)"/g,
];

/** Every import that stands in these files, which are paths from `root`. */
export function importsOf(root: string, files: readonly string[]): Import[] {
  return files.flatMap((from) => importsIn(readFileSync(posix.join(root, from), "utf8"), from));
}

/** Every import that stands in one text. */
export function importsIn(text: string, from: string): Import[] {
  return IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)]).map(([, named = ""]) => ({
    from,
    to: named.startsWith(".") ? posix.join(posix.dirname(from), named) : named,
  }));
}

/** Every circle of files, once each: the files along it, in order. */
export function circles(imports: readonly Import[]): string[][] {
  const next = Map.groupBy(imports, (entry) => entry.from);
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push(path.slice(at));
    if (at >= 0 || done.has(file)) return;
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}
