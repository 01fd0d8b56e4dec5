import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";

/** The system's keychain, as far as it is used: it holds one key, which opens what lies in files. */
export interface Keychain {
  /** "the macOS keychain" */
  readonly name: string;
  /** undefined: there is no key in it. Rejects when it cannot be reached. */
  read(): Promise<Uint8Array | undefined>;
  write(key: Uint8Array): Promise<void>;
}

export interface SystemKeychainOptions {
  /** Seconds for a person to open a locked keychain (default: 60). */
  readonly patience?: number;
  /** What asks the keychain. */
  readonly program?: URL;
}

const names: Readonly<Record<string, string>> = {
  darwin: "the macOS keychain",
  win32: "the Windows credential store",
};

const usualProgram = new URL(import.meta.url.replace(/keychain(\.[jt]s)$/, "keychain-process$1"));

/**
 * Of one key and not of the tokens themselves, since the Windows store takes 2,560 bytes at most and a question for each
 * entry would be asked on macOS. The addon is optional, and a keychain that waits for somebody who is not there would keep
 * this process from its work and from its end: it is asked by another one, which is killed when it takes too long.
 * @param account tells the keys of several folders apart
 */
export function systemKeychain(account: string, options: SystemKeychainOptions = {}): Keychain {
  const { patience = 60, program = usualProgram } = options;

  /** The key goes through pipes: arguments can be seen by others. */
  function asked(given: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const how = { timeout: patience * 1000, killSignal: "SIGKILL", windowsHide: true } as const;
      const child = execFile(process.execPath, [fileURLToPath(program), account], how, (thrown, said) => {
        if (thrown) reject(thrown);
        else resolve(said);
      });
      // It may have ended before it has read what it is given; that it ended badly is told above.
      child.stdin?.on("error", () => undefined).end(given);
    });
  }

  return {
    name: names[process.platform] ?? "the desktop's keyring (Secret Service)",
    async read() {
      const key = Buffer.from(await asked(""), "base64url");
      return key.length === 32 ? key : undefined;
    },
    async write(key) {
      await asked(Buffer.from(key).toString("base64url"));
    },
  };
}

export function newSealingKey(): Uint8Array {
  return randomBytes(32);
}
