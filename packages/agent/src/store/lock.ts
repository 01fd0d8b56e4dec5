import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { AgentError } from "../errors.ts";
import { onDisk } from "./private-file.ts";

/**
 * Runs `work` while this process alone holds the lock of the file. The lock is the operating system's, taken through
 * SQLite, which Node brings: when its holder is killed, the system itself lets go, so that there is nothing to guess from
 * process numbers or times. The file stays, empty: taking it away would let two in.
 * @param patience seconds to wait for others
 * @throws AgentError store-busy, store-failed
 */
export async function exclusively<T>(file: string, patience: number, work: () => Promise<T>): Promise<T> {
  const database = await onDisk(file, () => locked(file, patience));
  try {
    return await work();
  } finally {
    database.close();
  }
}

async function locked(file: string, patience: number): Promise<DatabaseSync> {
  const end = performance.now() + patience * 1000;
  for (;;) {
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      database.exec("BEGIN EXCLUSIVE");
      return database;
    } catch (thrown) {
      database.close();
      if (!isBusy(thrown)) throw thrown;
    }
    if (performance.now() >= end) {
      throw new AgentError("store-busy", `Another process has held ${file} for ${patience} seconds.`);
    }
    // Not in step with the others who wait.
    await pause(15 + Math.random() * 40);
  }
}

/** https://sqlite.org/rescode.html: SQLITE_BUSY and SQLITE_LOCKED. */
function isBusy(thrown: unknown): boolean {
  const code = thrown instanceof Error && "errcode" in thrown ? Number(thrown.errcode) & 0xff : 0;
  return code === 5 || code === 6;
}
