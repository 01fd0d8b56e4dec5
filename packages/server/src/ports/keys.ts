/** The server's keys. Private halves and ring secrets never leave the adapter. */
export interface Keys {
  /**
   * Signs a JWT (compact JWS) with the key that is active now.
   * @param type the JOSE `typ`: `at+jwt`, `JWT`
   */
  sign(type: string, claims: Readonly<Record<string, unknown>>): string | Promise<string>;
  /** The payload of a JWT that this server signed, or undefined; checks signature and `typ`, judges no claim. */
  open(type: string, jwt: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** RFC 7517 set: the active key, the next one, and those whose tokens may still live. */
  jwks(): Promise<{ readonly keys: readonly Readonly<Record<string, unknown>>[] }>;
  /** The id of the ring key that makes new refresh proofs. */
  readonly proofKeyId: string;
  /** HMAC-SHA256 of `message` by a ring key derived for `purpose`; undefined when this node does not have the key. */
  mac(keyId: string, purpose: string, message: Uint8Array): Uint8Array | undefined;
  /**
   * Seals bytes by a ring key and a secret of the store, for one `purpose`: only this server's nodes open them, and only
   * beside the same `about`. undefined when this node does not have the key.
   */
  seal(keyId: string, purpose: string, about: Uint8Array, plain: Uint8Array): Uint8Array | undefined;
  /** What was sealed so; undefined for anything else. */
  unseal(
    keyId: string,
    purpose: string,
    about: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | "key-unknown" | undefined;
}
