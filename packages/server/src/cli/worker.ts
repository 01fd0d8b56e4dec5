import type { LoadedConfig } from "../config/load.ts";
import { planOf } from "../config/plan.ts";
import { start } from "../start.ts";
import type { Io } from "./command.ts";
import { type Ready, readyOf } from "./ready.ts";
import { stopMessage, type WorkerMessage, workerMark } from "./worker-mark.ts";

/**
 * One of several processes that serve on one port. It prints nothing: its supervisor does, and tells it when to stop. A
 * signal to the whole group (Ctrl-C, systemd) is the supervisor's business. @returns the exit status
 */
export async function startWorker(config: LoadedConfig, io: Io): Promise<number> {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
  const stopped = new Promise<void>((resolve) => {
    process.on("message", (message) => {
      if (message === stopMessage) resolve();
    });
  });
  const running = await start(planOf(config, io.env.VALETKEY_KEYS)).catch((thrown: unknown) => {
    // The listener above would keep a process that failed alive.
    process.channel?.unref();
    throw thrown;
  });
  const isFirst = io.env[workerMark] === "first";
  const ready: Ready = isFirst ? await readyOf(running, io) : { issuer: running.issuer };
  process.send?.({ ready } satisfies WorkerMessage);
  await stopped;
  await running.close();
  process.exit(0);
}
