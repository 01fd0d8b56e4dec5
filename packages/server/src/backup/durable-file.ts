import { existsSync } from "node:fs";
import { link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Resolves when the file's bytes are on disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives `draft` the name `file`, durably. @throws EEXIST when something stands there and may not be replaced */
export async function giveName(draft: string, file: string, mayReplace: boolean): Promise<void> {
  await syncFile(draft);
  if (mayReplace) {
    await rename(draft, file);
  } else {
    // A link fails where a name stands; a rename would replace it.
    await link(draft, file);
    await rm(draft);
  }
  await syncFolder(dirname(file));
}

/** A new name in a folder survives a power cut only when the folder was synced too. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `file`, or the first of `file.2`, `file.3` ... that nothing has. */
export function freeName(file: string): string {
  for (let at = 2, name = file; ; at++) {
    if (!existsSync(name)) return name;
    name = `${file}.${at}`;
  }
}

/** What SQLite keeps beside a database. */
export const besides = ["-wal", "-shm", "-journal"] as const;

export async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ["", ...besides]) await rm(`${file}${suffix}`, { force: true });
}
