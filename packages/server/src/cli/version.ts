import { readFileSync } from "node:fs";

/** The version of the package, wherever it lies: two folders up from `src/cli` and from `dist/cli`. */
export const version: string = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
).version;
