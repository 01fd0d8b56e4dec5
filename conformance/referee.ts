import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** One thing that the referee looked at, as it writes it down. */
export interface Check {
  readonly id: string;
  readonly status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  readonly errorMessage?: string;
}

const folder = fileURLToPath(new URL("node_modules/@modelcontextprotocol/conformance", import.meta.url));

/** The version of the referee that is installed: pinned in package.json of this folder. */
export const version = (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string })
  .version;

/** Milliseconds after which it is ended: it waits a minute for every answer that never comes. */
const patience = 120_000;

/**
 * Runs `@modelcontextprotocol/conformance` and reads its notes.
 * @param onLine is told every line that it prints while it runs
 * @returns the checks of each scenario that it ran
 */
export async function referee(
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<ReadonlyMap<string, readonly Check[]>> {
  const notes = mkdtempSync(join(tmpdir(), "valetkey-referee-"));
  try {
    const child = spawn(process.execPath, [join(folder, "dist/index.js"), ...args, "-o", notes], {
      cwd: notes,
      stdio: ["ignore", "pipe", "inherit"],
      timeout: patience,
    });
    const ended = once(child, "close");
    for await (const line of createInterface(child.stdout)) onLine(line);
    await ended;
    return new Map(readdirSync(notes).map((name) => [scenarioOf(name), read(join(notes, name))]));
  } finally {
    rmSync(notes, { recursive: true, force: true });
  }
}

/** `server-tools-list-2026-11-22T01-46-39-652Z` is about `tools-list`. */
function scenarioOf(name: string): string {
  return name.replace(/^(?:server|authorization-server)-/, "").replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, "");
}

function read(run: string): readonly Check[] {
  return JSON.parse(readFileSync(join(run, "checks.json"), "utf8")) as Check[];
}
