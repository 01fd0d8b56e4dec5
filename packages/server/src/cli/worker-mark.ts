import type { Io } from "./command.ts";
import type { Ready } from "./ready.ts";

/** The environment variable by which a worker knows itself: "first" or "further". No setting, so not named like one. */
export const workerMark = "_VALETKEY_WORKER";

export const stopMessage = "stop";

export interface WorkerMessage {
  readonly ready: Ready;
}

export function isWorker({ env }: Pick<Io, "env">): boolean {
  return env[workerMark] !== undefined && process.send !== undefined;
}
