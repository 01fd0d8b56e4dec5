import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Trouble } from "./trouble.ts";

/**
 * Holds a folder for this process alone. The lock is the system's, on a small SQLite file: however the process ends, it
 * ends too, and leaves nothing stale.
 * @param other who holds it where it is held, as whoever comes second is told
 * @throws Trouble where another holds it, or where nothing can be kept in it
 */
export function holdFolder(folder: string, other: string): { close(): void } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    throw new Trouble(`${folder} can be no folder for the data (${code}).`);
  }
  const file = join(folder, "held.sqlite");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file);
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (thrown) {
    lock?.close();
    const { errcode, message } = thrown as Error & { readonly errcode?: number };
    throw new Trouble(
      errcode === busy
        ? `${other} runs on ${folder}. Stop that one first, or give this one a folder of its own.`
        : `${file} cannot be used (${message}). Give this one a folder of its own.`,
    );
  }
}

/** SQLite's word for a lock that another has: SQLITE_BUSY. */
const busy = 5;
