import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./house.ts";
import { program } from "./program.ts";
import type { Step } from "./step.ts";

const bin = (name: string) => join(root, "node_modules", ".bin", name);

/** What needs no server: versions, foreign packages, lint, types, generated pages. */
export const staticSteps: readonly Step[] = [
  { name: "Node", run: async () => process.version },
  { name: "foreign packages of conformance/", run: installForeignPackages },
  {
    name: "format and lint",
    run: () => quiet(bin("biome"), ["check", "--error-on-warnings", "--diagnostic-level=warn"]),
  },
  { name: "types", run: () => quiet(bin("tsc"), []) },
  { name: "types of pages", run: () => quiet(bin("tsc"), ["--project", "tsconfig.page.json"]) },
  {
    name: "generated pages",
    run: () => quiet(process.execPath, ["--conditions=valetkey-source", "gate/docs.ts", "--check"]),
  },
];

async function quiet(command: string, args: readonly string[]): Promise<undefined> {
  await program(command, args);
}

/** Judges and foreign clients have a lock file of their own; they are installed when it is new or has changed. */
async function installForeignPackages(): Promise<string> {
  const lock = readFileSync(join(root, "conformance/package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const stamp = join(root, "conformance/node_modules/.installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return "as locked";
  console.log(
    "  installing the foreign clients, judges, PostgreSQL and Chromium of the tests (about 900 MB on disk, once)",
  );
  // No install script is needed: the tests link PostgreSQL's libraries themselves.
  await program("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    folder: "conformance",
    loud: true,
  });
  writeFileSync(stamp, wanted);
  return "installed";
}
