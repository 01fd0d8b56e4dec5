import { createHash, hkdfSync, randomBytes } from "node:crypto";

/** One secret of the ring. The id is derived from the secret, so that it cannot name another one by mistake. */
export interface RingKey {
  /** The first eight hexadecimal characters of a SHA-256 over the secret. */
  readonly id: string;
  /** 32 random bytes. */
  readonly secret: Uint8Array;
}

/** A fault in the keys that the operator gave; the message is a sentence for the operator and holds no secret. */
export class KeyRingError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "KeyRingError";
  }
}

const secretLength = 32;

/**
 * The server's own secrets, in order: the first makes what is new, the others still open what is old. The secrets stay
 * inside; only keys derived for a purpose come out, so that no use of one can serve another.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, Uint8Array>;
  readonly ids: readonly string[];

  /** @throws KeyRingError when there is no key, or one stands twice */
  constructor(keys: readonly RingKey[]) {
    if (keys.length === 0) throw new KeyRingError("The key ring is empty: it needs at least one key.");
    this.#keys = new Map(keys.map(({ id, secret }) => [id, Uint8Array.from(secret)]));
    this.ids = keys.map((key) => key.id);
    if (this.#keys.size !== keys.length) throw new KeyRingError("The key ring holds one key twice.");
  }

  /** The id of the key that makes what is new. */
  get activeId(): string {
    return this.ids[0] as string;
  }

  has(id: string): boolean {
    return this.#keys.has(id);
  }

  /** 32 bytes for one purpose by HKDF-SHA256 (RFC 5869), or undefined when this ring does not hold the key. */
  derive(id: string, purpose: string): Uint8Array | undefined {
    const secret = this.#keys.get(id);
    if (secret === undefined) return undefined;
    return new Uint8Array(hkdfSync("sha256", secret, "", `valetkey/${purpose}/v1`, secretLength));
  }

  /** What the store remembers of a key, so that a node with another secret is recognised; tells nothing about the secret. */
  checkValue(id: string): string | undefined {
    const derived = this.derive(id, "check");
    return derived && Buffer.from(derived).toString("base64url");
  }
}

export function ringKey(secret: Uint8Array): RingKey {
  if (secret.length !== secretLength) {
    throw new KeyRingError(`A key must be ${secretLength} bytes, not ${secret.length}.`);
  }
  const digest = createHash("sha256").update("valetkey/key-id/v1\0").update(secret).digest("hex");
  return { id: digest.slice(0, 8), secret };
}

export function newRingKey(): RingKey {
  return ringKey(randomBytes(secretLength));
}

export function ringKeyLine({ id, secret }: RingKey): string {
  return `${id}:${Buffer.from(secret).toString("base64url")}`;
}

/**
 * Reads a ring from text: entries `id:secret` or `secret` alone, the secret 32 bytes in base64 or base64url, one a line
 * or separated by commas; `#` begins a comment.
 * @param source where the text came from, for the sentence of a fault
 * @throws KeyRingError naming the entry by its number, never by its content
 */
export function parseRing(text: string, source: string): KeyRing {
  const entries = text
    .split("\n")
    .map((line) => line.replace(/#.*/, ""))
    .flatMap((line) => line.split(","))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (entries.length === 0) throw new KeyRingError(`There is no key in ${source}.`);
  return new KeyRing(entries.map((entry, at) => parseEntry(entry, `Key ${at + 1} in ${source}`)));
}

function parseEntry(entry: string, name: string): RingKey {
  const colon = entry.indexOf(":");
  const encoded = entry.slice(colon + 1).trim();
  const secret = Buffer.from(encoded, "base64");
  const canonical = secret.toString("base64url");
  if (
    secret.length !== secretLength ||
    canonical !== encoded.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
  ) {
    throw new KeyRingError(
      `${name} is not ${secretLength} bytes in base64 or base64url. Restore it from your backup: without the keys that a store began with, ` +
        "nothing in it can be opened. For a store that does not exist yet, make one with: openssl rand -base64 32",
    );
  }
  const key = ringKey(secret);
  if (colon !== -1 && entry.slice(0, colon).trim() !== key.id) {
    throw new KeyRingError(`${name} has an id that does not belong to its secret: the text is damaged.`);
  }
  return key;
}
