import { randomBytes } from "node:crypto";
import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { KeyRing, KeyRingError, newRingKey, parseRing, ringKeyLine } from "./ring.ts";

/** Where the ring comes from: the environment's text wins over the file. */
export interface RingSource {
  readonly file: string;
  /** The value of VALETKEY_KEYS, when it is set. */
  readonly text?: string | undefined;
  /** Make the file with one new key when there is none: at the first start only. */
  readonly create: boolean;
}

/** @throws KeyRingError with a sentence for the operator */
export async function loadRing({ file, text, create }: RingSource): Promise<KeyRing> {
  if (text !== undefined && text !== "") return parseRing(text, "VALETKEY_KEYS");
  const stored = await readPrivately(file);
  if (stored !== undefined) return parseRing(stored, file);
  if (!create) {
    throw new KeyRingError(
      `There is no key file at ${file}. Restore it from your backup, or set \`key_file\` or VALETKEY_KEYS to where the keys are.`,
    );
  }
  return createRingFile(file);
}

/**
 * Makes a key file that only its owner may read. Of any number of processes one makes it; the others read that one.
 * @throws KeyRingError when the file that stands there is not acceptable
 */
export async function createRingFile(file: string): Promise<KeyRing> {
  const key = newRingKey();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(`${fileHead}${ringKeyLine(key)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link appears whole or fails because a file stands there: no reader sees half a key, no writer replaces one.
    await link(draft, file);
    await syncFolder(dirname(file));
    return new KeyRing([key]);
  } catch (error) {
    if (!isCode(error, "EEXIST")) {
      throw new KeyRingError(`The key file ${file} cannot be made: ${reason(error)}.`, { cause: error });
    }
    const stored = await readPrivately(file);
    if (stored === undefined) throw new KeyRingError(`The key file ${file} vanished while it was read.`);
    return parseRing(stored, file);
  } finally {
    await rm(draft, { force: true });
  }
}

const fileHead = `# The keys of Valetkey. Whoever reads this file and the database can forge tokens; without it no refresh token works.
# Keep a copy apart from the database's backups. The first key makes what is new, the others open what is old.
`;

/** The file's text, or undefined when there is none. Mode and text come from one open file, so that neither can change between. */
async function readPrivately(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const { mode } = await handle.stat();
      // Windows has no such bits; Node reports them all.
      if (process.platform !== "win32" && (mode & 0o077) !== 0) {
        throw new KeyRingError(
          `The key file ${file} may be read or written by others than its owner. Run: chmod 600 ${file}`,
        );
      }
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    if (error instanceof KeyRingError) throw error;
    throw new KeyRingError(`The key file ${file} cannot be read: ${reason(error)}.`, { cause: error });
  }
}

/** A new name in a folder survives a power cut only when the folder was synced too. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

function reason(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}
