import { resolve } from "node:path";
import { ConfigError, faultLine } from "../config/fault.ts";
import { type LoadedConfig, loadConfig } from "../config/load.ts";
import type { Io } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** Where a configuration is looked for when nobody names one. */
export const usualConfiguration = "valetkey.yaml";

/** @throws UsageError with every fault of file and environment at once */
export async function readConfiguration(file: string, io: Io): Promise<LoadedConfig> {
  try {
    return await loadConfig({ file: resolve(io.folder, file), env: io.env });
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw new UsageError(thrown.faults.map(faultLine));
    throw thrown;
  }
}
