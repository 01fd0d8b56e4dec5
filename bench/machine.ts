import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { spread } from "./statistics.ts";

/** The machine, by name: figures without it say nothing. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: string;
  readonly kernel: string;
  readonly node: string;
  readonly openssl: string;
  /** Milliseconds: the median of two hundred 4 KiB writes, each with fdatasync. */
  readonly sync: number;
  readonly pinned: boolean;
  /** Processes that wanted to run in the minute before the run: anything near one spoils the figures. */
  readonly busy: number;
}

export function thisMachine(pinned: boolean): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    kernel: `${process.platform} ${release()} ${process.arch}`,
    node: process.versions.node,
    openssl: process.versions.openssl,
    sync: syncTime(),
    pinned,
    busy: loadavg()[0] ?? 0,
  };
}

function syncTime(): number {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-bench-sync-"));
  const file = openSync(join(folder, "file"), "w");
  const block = Buffer.alloc(4096, 7);
  const times = Array.from({ length: 200 }, () => {
    const began = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return spread(times).median;
}
