import { readdirSync, readFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";

/** What Linux calls the threads of Node's pool. */
const poolThread = "libuv-worker";
/** Steps of the nice value, of which 19 is the last: about a tenth of the main thread's weight, where both want the same core. */
const behind = 10;
const last = 19;

/**
 * Puts the threads of Node's pool, which hash, behind the main thread: where there are more of both than cores, the requests of
 * everybody else go first. The threads are there once the pool has done something. Elsewhere than on Linux, or where the system
 * does not let it, nothing changes.
 * @returns how many stand back
 */
export function standBack(): number {
  try {
    const threads = readdirSync("/proc/self/task").filter((id) => nameOf(id) === poolThread);
    const nice = Math.min(last, getPriority() + behind);
    for (const id of threads) setPriority(Number(id), nice);
    return threads.length;
  } catch {
    return 0;
  }
}

function nameOf(id: string): string {
  return readFileSync(`/proc/self/task/${id}/comm`, "utf8").trim();
}
