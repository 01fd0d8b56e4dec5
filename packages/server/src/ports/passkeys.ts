import type { Passkey } from "../records/passkey.ts";

/** What a browser hands to `navigator.credentials`, and what it gave back: JSON as WebAuthn Level 3 §5.1 writes it. */
export type WebAuthnJson = Readonly<Record<string, unknown>>;

/** What an authenticator says of a passkey that it made. */
export type NewPasskey = Pick<Passkey, "id" | "publicKey" | "counter" | "transports" | "aaguid" | "isSynced">;

/** The site that passkeys are made for: they fit no other. */
export interface RelyingParty {
  /** The URL of this server; its host is the relying party id, its origin the only one that may ask. */
  readonly issuer: string;
  /** What the browser calls it. */
  readonly name: string;
}

/** The ceremonies of WebAuthn Level 3 §7, for one relying party. Keeps nothing. */
export interface Passkeys {
  /**
   * Options for a new discoverable passkey with user verification; `known` are not made twice.
   * @param challenge 32 random bytes, base64url
   */
  creation(
    about: { readonly accountId: string; readonly email: string; readonly name: string },
    known: readonly Passkey[],
    challenge: string,
  ): WebAuthnJson;
  /** @throws PasskeyRefused when any check of §7.1 fails */
  created(answer: WebAuthnJson, challenge: string): Promise<NewPasskey>;
  /** Options for a sign-in by whichever passkey the person has here; none is named, so that nobody learns who has one. */
  request(challenge: string): WebAuthnJson;
  /**
   * Judges a signature by the passkey that the answer names.
   * @param passkey undefined where there is none: refused after the same work, so that no time tells
   * @returns the authenticator's new counter
   * @throws PasskeyRefused when any check of §7.2 fails
   */
  signed(
    answer: WebAuthnJson,
    challenge: string,
    passkey: Passkey | undefined,
  ): Promise<{ readonly counter: number }>;
}

/** Makes the ceremonies once the site's URL is known. */
export interface PasskeysOf {
  (site: RelyingParty): Passkeys;
  /** The half that runs in browsers: a script that defines `SimpleWebAuthnBrowser`. */
  readonly browserHalf: string;
}

/** Why a passkey's answer was not taken; `fact` is for the operator. */
export class PasskeyRefused extends Error {
  /** Whether the authenticator's counter went back: what WebAuthn Level 3 §6.1.1 takes for the sign of a copy. */
  readonly isCopy: boolean;
  readonly fact: string;

  constructor(fact: string, options: { readonly isCopy?: boolean; readonly cause?: unknown } = {}) {
    super("The passkey's answer was refused.", { cause: options.cause });
    this.name = "PasskeyRefused";
    this.isCopy = options.isCopy ?? false;
    this.fact = fact;
  }
}
