import type { SettingStore, SigningKeyStore } from "../../ports/store.ts";
import type { SigningKey } from "../../records/signing-key.ts";

/** For tests of the key adapter alone: what the store's contract promises of these two, and nothing else. */
export interface MemoryStores {
  readonly signingKeys: SigningKeyStore & { rows: SigningKey[]; reads: number };
  readonly settings: SettingStore & { readonly rows: Map<string, string> };
}

export function memoryStores(): MemoryStores {
  const rows = new Map<string, string>();
  const signingKeys: MemoryStores["signingKeys"] = {
    rows: [],
    reads: 0,
    async list() {
      signingKeys.reads++;
      return [...signingKeys.rows];
    },
    async add(key, seen) {
      if (signingKeys.rows.length !== seen) return false;
      signingKeys.rows.push(key);
      return true;
    },
    async retire(kid, retiredAt, removeAt) {
      signingKeys.rows = signingKeys.rows.map((key) =>
        key.kid === kid ? { ...key, retiredAt, removeAt } : key,
      );
    },
  };
  return {
    signingKeys,
    settings: {
      rows,
      async get(name) {
        return rows.get(name);
      },
      async claim(name, value) {
        const standing = rows.get(name) ?? value;
        rows.set(name, standing);
        return standing;
      },
    },
  };
}
