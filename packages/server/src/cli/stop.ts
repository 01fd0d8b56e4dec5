import type { Io } from "./command.ts";

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
  });
}
