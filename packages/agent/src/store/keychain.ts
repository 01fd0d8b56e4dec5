import { randomBytes } from "node:crypto";

/** The system's keychain, as far as it is used: it holds one key, which opens what lies in files. */
export interface Keychain {
  /** "the macOS keychain" */
  readonly name: string;
  /** undefined: there is no key in it. Rejects when it cannot be reached. */
  read(): Promise<Uint8Array | undefined>;
  write(key: Uint8Array): Promise<void>;
}

/** Seconds for a person to open a locked keychain. */
const patience = 60;

const names: Readonly<Record<string, string>> = {
  darwin: "the macOS keychain",
  win32: "the Windows credential store",
};

/**
 * Of one key and not of the tokens themselves, since the Windows store takes 2,560 bytes at most and a question for each
 * entry would be asked on macOS. Loaded when it is needed: the addon is optional.
 * @param account tells the keys of several folders apart
 */
export function systemKeychain(account: string): Keychain {
  const entry = async () => {
    const { AsyncEntry } = await import("@napi-rs/keyring");
    // The kernel's keyring, the other choice on Linux, forgets at every start of the machine.
    return new AsyncEntry("valetkey", account, { linux: { store: "secret-service" } });
  };
  const inTime = () => AbortSignal.timeout(patience * 1000);
  return {
    name: names[process.platform] ?? "the desktop's keyring (Secret Service)",
    async read() {
      const text = await (await entry()).getPassword(inTime());
      const key = Buffer.from(text ?? "", "base64url");
      return key.length === 32 ? key : undefined;
    },
    async write(key) {
      await (await entry()).setPassword(Buffer.from(key).toString("base64url"), inTime());
    },
  };
}

export function newSealingKey(): Uint8Array {
  return randomBytes(32);
}
