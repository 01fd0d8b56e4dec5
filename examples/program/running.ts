import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A folder for the data of one run. One that somebody chose stays; another goes when the program ends, however it ends by
 * itself.
 * @param kept the folder that somebody chose. @param name how one begins that goes
 */
export function dataFolder(kept: string | undefined, name: string): string {
  if (kept !== undefined) return kept;
  const path = mkdtempSync(join(tmpdir(), name));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
}

interface Closable {
  close(): Promise<void>;
}

/**
 * From now on Ctrl-C ends the program, once it has started whole, so that nothing is left half made; a second one does at
 * once. To be called before anything is made.
 * @returns what is to be told of the start
 */
export function stopBySignal(): <Started extends Closable>(starting: Promise<Started>) => Promise<Started> {
  let known: Promise<Closable> | undefined;
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, async () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      const started = await known?.catch(() => undefined); // told by who waits for it
      await started?.close();
      process.exit(0);
    });
  }
  return (starting) => {
    known = starting;
    return starting;
  };
}
