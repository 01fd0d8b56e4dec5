import { readFileSync, writeFileSync } from "node:fs";
import type { Counts } from "./test-run.ts";

const file = new URL("test-count.json", import.meta.url);

/** Why these counts are not good enough, or undefined. A run that finds no tests ends well in the runner's eyes. */
export function countFault(counts: Counts | undefined, least: number): string | undefined {
  if (!counts) return "The test runner gave no summary.";
  for (const word of ["skipped", "todo", "cancelled"] as const) {
    if (counts[word] > 0) return `${counts[word]} tests are ${word}: each test runs, or goes.`;
  }
  if (counts.tests >= least) return undefined;
  return `${counts.tests} tests ran, ${least} are committed: bring them back, or lower gate/test-count.json with a reason.`;
}

/** The committed number of tests. */
export function committedCount(): number {
  return (JSON.parse(readFileSync(file, "utf8")) as { tests: number }).tests;
}

/** Commits to what ran. */
export function recordCount(counts: Counts): void {
  writeFileSync(file, `{ "tests": ${counts.tests} }\n`);
}
