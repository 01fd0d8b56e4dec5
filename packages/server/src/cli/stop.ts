import type { Io } from "./command.ts";

/** Whoever started us, taken while this file is loaded: they may be gone by the time that we are ready. */
const parent = process.ppid;

/** Waits for SIGINT or SIGTERM, then closes what runs; a second signal does not wait. @returns the exit status */
export function stopOnSignal(running: { close(): Promise<void> }, io: Io, quiet: boolean): Promise<number> {
  return new Promise((resolve) => {
    onStop(io, () => {
      if (!quiet) io.err("\nStopping: requests under way are finished first.\n");
      running.close().then(
        () => resolve(0),
        (thrown: unknown) => {
          io.err(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
          resolve(1);
        },
      );
    });
  });
}

/** Calls `stop` once, at the first SIGINT or SIGTERM; a second ends the process. @returns what ends the watch */
export function onStop(io: Io, stop: () => void): () => void {
  let isStopping = false;
  const hear = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop();
  };
  process.on("SIGINT", hear);
  process.on("SIGTERM", hear);
  const unwatch =
    io.env.npm_lifecycle_event === undefined
      ? () => {}
      : whenOrphaned(() => {
          if (!isStopping) hear();
        });
  return () => {
    process.off("SIGINT", hear);
    process.off("SIGTERM", hear);
    unwatch();
  };
}

/** In milliseconds. */
const lookEvery = 250;

/**
 * npm and npx pass a SIGTERM to the shell between them and us; the shell ends without passing it on, and the server
 * would run on, unseen, with its port taken.
 */
function whenOrphaned(stop: () => void): () => void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
}
