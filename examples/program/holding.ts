import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Trouble } from "./trouble.ts";

/**
 * Holds a folder for this process alone. The lock is the system's, on a small SQLite file: however the process ends, it
 * ends too, and leaves nothing stale.
 * @param other who holds it where it is held, as whoever comes second is told
 * @throws Trouble where another holds it, or where it can be no folder
 */
export function holdFolder(folder: string, other: string): { close(): void } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    throw new Trouble(`${folder} can be no folder for the data (${code}).`);
  }
  const lock = new DatabaseSync(join(folder, "held.sqlite"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new Trouble(
      `${other} runs on ${folder}. Stop that one first, or give this one a folder of its own.`,
    );
  }
  return lock;
}
