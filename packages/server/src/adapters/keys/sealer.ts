import { randomBytes } from "node:crypto";
import type { SettingStore } from "../../ports/store.ts";
import { hmacSha256, type Mac } from "./mac.ts";
import type { KeyRing } from "./ring.ts";
import { openMessage, sealMessage } from "./sealed-message.ts";

const secretLength = 32;

/**
 * Seals messages of nodes to themselves with a key of the ring and a secret of the database: a copy of the one without the
 * other opens and forges none.
 */
export class Sealer {
  readonly #ring: KeyRing;
  readonly #secret: Uint8Array;
  readonly #keys = new Map<string, Mac>();

  constructor(ring: KeyRing, secret: Uint8Array) {
    this.#ring = ring;
    this.#secret = secret;
  }

  /** undefined when the ring does not have the key */
  seal(keyId: string, purpose: string, about: Uint8Array, plain: Uint8Array): Uint8Array | undefined {
    const keyOf = this.#keyOf(keyId, purpose);
    return keyOf && sealMessage(keyOf, about, plain);
  }

  unseal(
    keyId: string,
    purpose: string,
    about: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | "key-unknown" | undefined {
    const keyOf = this.#keyOf(keyId, purpose);
    return keyOf === undefined ? "key-unknown" : openMessage(keyOf, about, sealed);
  }

  #keyOf(keyId: string, purpose: string): Mac | undefined {
    const name = `${keyId}/${purpose}`;
    const held = this.#keys.get(name);
    if (held) return held;
    const derived = this.#ring.derive(keyId, `seal/${purpose}`);
    if (derived === undefined) return undefined;
    const mac = hmacSha256(derived);
    const keyOf: Mac = (salt) => mac(Buffer.concat([this.#secret, salt]));
    this.#keys.set(name, keyOf);
    return keyOf;
  }
}

/** The database's part of every seal, drawn once for all nodes. */
export async function sealingSecret(settings: SettingStore): Promise<Uint8Array> {
  const name = "sealing-secret";
  const drawn = () => settings.claim(name, randomBytes(secretLength).toString("base64url"));
  return Buffer.from((await settings.get(name)) ?? (await drawn()), "base64url");
}
