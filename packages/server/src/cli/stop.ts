import type { Io } from "./command.ts";

/** Whoever started us, taken while this file is loaded: they may be gone by the time that we are ready. */
const parent = process.ppid;

/** Waits for SIGINT or SIGTERM, then closes what runs; a second signal does not wait. @returns the exit status */
export function stopOnSignal(running: { close(): Promise<void> }, io: Io, quiet: boolean): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      if (!quiet) io.err("\nStopping: requests under way are finished first.\n");
      running.close().then(
        () => resolve(0),
        (thrown: unknown) => {
          io.err(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
          resolve(1);
        },
      );
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    if (io.env.npm_lifecycle_event !== undefined) {
      whenOrphaned(() => {
        if (!isStopping) stop();
      });
    }
  });
}

/** In milliseconds. */
const lookEvery = 250;

/**
 * npm and npx pass a SIGTERM to the shell between them and us; the shell ends without passing it on, and the server
 * would run on, unseen, with its port taken.
 */
function whenOrphaned(stop: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, lookEvery);
  timer.unref();
}
