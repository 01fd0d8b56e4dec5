import { resolve } from "node:path";
import { ConfigError, faultLine } from "../config/fault.ts";
import { type LoadedConfig, loadConfig } from "../config/load.ts";
import { lookOf } from "../config/look.ts";
import type { Io } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError with every fault of file and environment at once */
export async function readConfiguration(file: string, io: Io): Promise<LoadedConfig> {
  try {
    return await loadConfig({ file: resolve(io.folder, file), env: io.env });
  } catch (thrown) {
    throw asUsage(thrown);
  }
}

/**
 * Whether the pictures and the stylesheet of the look can be taken: only who shows pages needs them.
 * @throws UsageError with every fault of them at once
 */
export function requireLook(config: LoadedConfig): void {
  try {
    lookOf(config);
  } catch (thrown) {
    throw asUsage(thrown);
  }
}

function asUsage(thrown: unknown): unknown {
  return thrown instanceof ConfigError ? new UsageError(thrown.faults.map(faultLine)) : thrown;
}
