import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./house.ts";

/** What the runner counted. */
export interface Counts {
  readonly tests: number;
  readonly skipped: number;
  readonly todo: number;
  readonly cancelled: number;
}

export interface TestRun {
  readonly passed: boolean;
  /** Undefined when the runner was stopped before its summary. */
  readonly counts: Counts | undefined;
}

const OPTIONS = ["--conditions=valetkey-source", "--test", "--test-concurrency=2", "--test-timeout=120000"];

/** In milliseconds. The runner limits each test, but waits for ever for a file whose process does not end. */
const LONGEST_RUN = 40 * 60 * 1000;

/** One run of Node's test runner over these files; its summary is the last thing printed. */
export async function runTests(
  files: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<TestRun> {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-gate-"));
  const counted = join(folder, "counts.json");
  const reporters = [
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
    ...["--test-reporter=./gate/count-reporter.ts", `--test-reporter-destination=${counted}`],
  ];
  try {
    const child = spawn(process.execPath, [...OPTIONS, ...reporters, ...files], {
      cwd: root,
      // Hundreds of processes load the same modules: the first to load one compiles it for the others of this run.
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled"), ...env },
      stdio: ["ignore", "inherit", "inherit"],
      timeout: LONGEST_RUN,
    });
    const passed = await ended(child);
    return { passed, counts: read(counted) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An interrupt is handed on to the runner, by its pid, and then waited for: whoever started the world also ends it. */
async function ended(child: ChildProcess): Promise<boolean> {
  const interrupted = (signal: NodeJS.Signals) => child.kill(signal);
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupted);
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve(code === 0));
    });
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
  }
}

function read(path: string): Counts | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Counts;
  } catch {
    return undefined;
  }
}
