import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for the data of one run. */
export interface DataFolder {
  readonly path: string;
  /** Removes it, unless its owner chose it. */
  forget(): void;
}

/** @param kept the folder that somebody chose. @param name how one begins that goes when the program stops */
export function dataFolder(kept: string | undefined, name: string): DataFolder {
  const path = kept ?? mkdtempSync(join(tmpdir(), name));
  return {
    path,
    forget() {
      if (kept === undefined) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Ends the program at Ctrl-C; at a second one at once. */
export function stopBySignal(close: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, async () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      await close();
      process.exit(0);
    });
  }
}
