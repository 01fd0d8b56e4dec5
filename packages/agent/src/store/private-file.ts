import { randomBytes } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, mkdir, open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { getSystemErrorMessage } from "node:util";
import { AgentError } from "../errors.ts";

/** Larger than any entry of ours. */
const largest = 1_048_576;
/** Windows keeps others out by the rights of the profile's folder; there are no modes to look at. */
const hasModes = process.platform !== "win32";

/**
 * Makes the folder, or looks whether the one that is there is the user's alone and no link.
 * @throws AgentError store-unsafe
 */
export async function requirePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory()) throw unsafe(folder, "is no folder of its own");
  requireOwn(folder, found);
}

/**
 * The text of a file that the user alone can read and write; undefined: there is none.
 * @throws AgentError store-unsafe for a link, for what others own, and for what others can read or write
 */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  const handle = await opened(file);
  if (!handle) return undefined;
  try {
    // Of what was opened, not of the name, which somebody could turn to another file meanwhile.
    const found = await handle.stat();
    if (!found.isFile() || found.nlink > 1) throw unsafe(file, "is no file of its own");
    requireOwn(file, found);
    if (found.size > largest) throw new AgentError("store-broken", `${file} is larger than it can be.`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

async function opened(file: string) {
  try {
    // Without waiting: a pipe in its place would have to be opened at its other end first.
    const how = hasModes ? constants.O_NOFOLLOW | constants.O_NONBLOCK : 0;
    return await open(file, constants.O_RDONLY | how);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "ENOENT") return undefined;
    if (code === "ELOOP") throw unsafe(file, "is a link");
    throw thrown;
  }
}

/**
 * Puts the text in the place of the file, whole or not at all, and durably: it is written beside it first. A link that
 * stands there is replaced, never followed.
 * @throws AgentError store-unsafe where a folder stands there
 */
export async function replacePrivateFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${randomBytes(8).toString("hex")}.new`;
  const handle = await open(beside, "wx", 0o600);
  try {
    await writtenDurably(handle, text);
    await rename(beside, file);
  } catch (thrown) {
    await unlink(beside);
    throw folderThere(file, thrown);
  }
  if (hasModes) await synced(dirname(file));
}

async function writtenDurably(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a process that was killed between its two steps left beside the file. To be called by who has the lock. */
export async function removeLeftovers(folder: string, name: string): Promise<void> {
  for (const found of await readdir(folder)) {
    if (found.startsWith(`${name}.`) && found.endsWith(".new")) await unlink(join(folder, found));
  }
}

/** @throws AgentError store-unsafe for a folder: whatever is in it was not put there by us */
export async function removeFile(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (thrown) {
    if (codeOf(thrown) !== "ENOENT") throw folderThere(file, thrown);
  }
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function requireOwn(path: string, { uid, mode }: Stats): void {
  if (!hasModes) return;
  if (uid !== process.getuid?.()) throw unsafe(path, "belongs to another user");
  if ((mode & 0o077) !== 0) {
    throw unsafe(path, `can be used by others (mode ${(mode & 0o777).toString(8).padStart(4, "0")})`);
  }
}

function unsafe(path: string, why: string): AgentError {
  return new AgentError("store-unsafe", `${path} ${why}.`);
}

/** Linux says EISDIR of a folder in the place of a file, other systems EPERM. @returns what is to be thrown */
function folderThere(file: string, thrown: unknown): unknown {
  return ["EISDIR", "EPERM"].includes(String(codeOf(thrown)))
    ? unsafe(file, "is no file of its own")
    : thrown;
}

/**
 * Does what needs the disk. @throws AgentError store-failed with the system's own words, of a disk that is full, of rights,
 * of a drive that cannot lock
 */
export async function onDisk<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const said = systemWords(cause);
    if (said === undefined) throw cause;
    throw new AgentError("store-failed", `${place} cannot be used: ${said}.`, {}, { cause });
  }
}

function systemWords(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ("errno" in thrown && typeof thrown.errno === "number" && "syscall" in thrown)
    return `${getSystemErrorMessage(thrown.errno)} (${codeOf(thrown)})`;
  // https://sqlite.org/rescode.html: of the lock.
  return "errstr" in thrown ? String(thrown.errstr) : undefined;
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
}
