import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AgentError } from "../errors.ts";
import { type Keychain, newSealingKey } from "./keychain.ts";
import { exclusively } from "./lock.ts";
import {
  onDisk,
  readPrivateFile,
  removeFile,
  removeLeftovers,
  replacePrivateFile,
  requirePrivateFolder,
} from "./private-file.ts";
import { sealed, unsealed } from "./seal.ts";
import type { Kept, LoginStore } from "./store.ts";

export interface FileStoreOptions {
  /** Made, for the user alone, when it is not there. */
  readonly folder: string;
  /** undefined: entries lie open, behind the rights of the file. */
  readonly keychain?: Keychain | undefined;
  /** Seconds to wait for another process. */
  readonly patience?: number;
}

type Envelope = { readonly version: 1 } & ({ readonly sealed: string } | { readonly open: unknown });

/**
 * Entries in files of a folder that the user alone can enter: sealed with a key that the system's keychain holds, and
 * open where there is no keychain. An entry stays as it was made until it is made anew, so that a job without a desktop can
 * go on with a login that was made without one.
 */
export function fileStore({ folder, keychain, patience = 60 }: FileStoreOptions): LoginStore {
  const fileOf = (name: string) => join(folder, `${named(name)}.json`);
  const lockOf = (name: string) => join(folder, `${named(name)}.lock`);

  async function envelope(name: string): Promise<Envelope | undefined> {
    const text = await onDisk(folder, async () => {
      await requirePrivateFolder(folder);
      return await readPrivateFile(fileOf(name));
    });
    return text === undefined ? undefined : readEnvelope(text, fileOf(name));
  }

  async function read(name: string): Promise<unknown> {
    const found = await envelope(name);
    if (found === undefined || !("sealed" in found)) return found?.open;
    const key = await keyToOpen(fileOf(name));
    return JSON.parse(unsealed(found.sealed, name, key));
  }

  /** Held while the process lives: what was opened can be closed again, whatever becomes of the keychain meanwhile. */
  let held: Uint8Array | undefined;

  async function keyToOpen(file: string): Promise<Uint8Array> {
    if (held) return held;
    if (!keychain) throw new AgentError("store-sealed", `${file} is sealed, and no keychain is used here.`);
    try {
      held = await keychain.read();
      if (held) return held;
    } catch (cause) {
      throw new AgentError(
        "store-sealed",
        `${file} is sealed, and ${keychain.name} cannot be reached.`,
        {},
        { cause },
      );
    }
    throw new AgentError("store-sealed", `${keychain.name} no longer holds the key to ${file}.`);
  }

  /** The key for something new; a reason in words where there is none. One process makes it. */
  async function keyToSeal(): Promise<Uint8Array | string> {
    if (held) return held;
    if (!keychain) return "no keychain is used";
    try {
      held = await exclusively(lockOf("keychain"), patience, async () => {
        const known = await keychain.read();
        const key = known ?? newSealingKey();
        if (!known) await keychain.write(key);
        return key;
      });
      return held;
    } catch (thrown) {
      if (thrown instanceof AgentError) throw thrown;
      return `${keychain.name} cannot be reached`;
    }
  }

  async function write(name: string, value: unknown, isNew: boolean): Promise<Kept> {
    const before = isNew ? undefined : await envelope(name);
    const key = before && "open" in before ? "it lay open before" : await keyToSeal();
    const text = JSON.stringify(value);
    const isSealed = typeof key !== "string";
    const made: Envelope = isSealed
      ? { version: 1, sealed: sealed(text, name, key) }
      : { version: 1, open: value };
    await onDisk(folder, async () => {
      await removeLeftovers(folder, `${named(name)}.json`);
      await replacePrivateFile(fileOf(name), `${JSON.stringify(made)}\n`);
    });
    return {
      isSealed,
      says: isSealed
        ? `It is kept in ${fileOf(name)}, sealed with a key in ${keychain?.name}.`
        : `It is kept unsealed in ${fileOf(name)}, which this user alone can read: ${key}.`,
    };
  }

  return {
    read,
    async names() {
      const all = await onDisk(folder, async () => {
        await requirePrivateFolder(folder);
        return await readdir(folder);
      });
      const files = all.filter((file) => /^[a-z0-9-]{1,100}\.json$/.test(file));
      return files.map((file) => file.slice(0, -".json".length)).toSorted();
    },
    async exclusively(name, work) {
      await onDisk(folder, () => requirePrivateFolder(folder));
      return await exclusively(lockOf(name), patience, () =>
        work({
          read: () => read(name),
          write: (value, { isNew = false } = {}) => write(name, value, isNew),
          remove: () => onDisk(folder, () => removeFile(fileOf(name))),
        }),
      );
    },
  };
}

function named(name: string): string {
  if (!/^[a-z0-9-]{1,100}$/.test(name))
    throw new TypeError("An entry has a name of letters, digits and dashes.");
  return name;
}

function readEnvelope(text: string, file: string): Envelope {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "version" in value && value.version === 1) {
      if ("sealed" in value && typeof value.sealed === "string") return { version: 1, sealed: value.sealed };
      if ("open" in value) return { version: 1, open: value.open };
    }
  } catch {
    // Falls through to the one error.
  }
  throw new AgentError("store-broken", `${file} is nothing that was written here.`);
}
