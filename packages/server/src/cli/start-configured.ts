import type { LoadedConfig } from "../config/load.ts";
import { planOf } from "../config/plan.ts";
import { start } from "../start.ts";
import type { Io } from "./command.ts";
import { readyOf, readyText } from "./ready.ts";
import { stopOnSignal } from "./stop.ts";

/** `valetkey start --config`: the real server. @returns the exit status, once a signal stopped it */
export async function startConfigured(config: LoadedConfig, isJson: boolean, io: Io): Promise<number> {
  const running = await start(planOf(config, io.env.VALETKEY_KEYS));
  const ready = await readyOf(running, io);
  // Since the process began, the loading of the program included.
  const readyMs = Math.round(performance.now());
  io.out(readyText(ready, readyMs, config, isJson));
  return await stopOnSignal(running, io, isJson);
}
