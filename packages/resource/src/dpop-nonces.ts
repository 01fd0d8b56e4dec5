import {
  judgeNonce,
  type NonceVerdict,
  nonceMessage,
  nonceText,
  readNonce,
  spanAt,
} from "@valetkey/protocol/dpop-nonce";

type HmacKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** RFC 9449 §9: nonces of this resource, made of the time and a key. Nothing is remembered but the few that count now. */
export class Nonces {
  readonly #audience: string;
  readonly #key: Promise<HmacKey>;
  readonly #made = new Map<number, Promise<string>>();

  /**
   * @param secret at least 32 bytes, the same in every process of the resource; left out: random, for this process alone
   * @throws TypeError for a shorter one
   */
  constructor(audience: string, secret: Uint8Array = crypto.getRandomValues(new Uint8Array(32))) {
    if (secret.length < 32) throw new TypeError("dpop.nonces: a key needs at least 32 bytes.");
    this.#audience = audience;
    this.#key = crypto.subtle.importKey(
      "raw",
      Uint8Array.from(secret),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    // A runtime without HMAC fails each request, not the process.
    this.#key.catch(() => undefined);
  }

  /** For a client's next proof. @param now seconds since 1970 */
  current(now: number): Promise<string> {
    return this.#nonce(spanAt(now));
  }

  async judge(given: string, now: number): Promise<NonceVerdict> {
    const name = readNonce(given);
    const current = spanAt(now);
    // Far spans are stale whatever their proof: only the few near ones are ever made.
    if (name === undefined || Math.abs(name.span - current) > 2) return "stale";
    return judgeNonce(given, name, await this.#nonce(name.span), current);
  }

  #nonce(span: number): Promise<string> {
    const made = this.#made.get(span) ?? this.#make(span);
    this.#made.set(span, made);
    if (this.#made.size > 8) this.#made.delete(Math.min(...this.#made.keys()));
    return made;
  }

  async #make(span: number): Promise<string> {
    const message = Uint8Array.from(nonceMessage(this.#audience, span));
    const mac = await crypto.subtle.sign("HMAC", await this.#key, message);
    return nonceText({ keyId, span }, new Uint8Array(mac));
  }
}

/** A resource has one key; the name keeps the form that all nonces have. */
const keyId = "r";
