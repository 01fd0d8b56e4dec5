import type { Passkey } from "../records/passkey.ts";

/** What a browser hands to `navigator.credentials`, and what it gave back: JSON as WebAuthn Level 3 §5.1 writes it. */
export type WebAuthnJson = Readonly<Record<string, unknown>>;

/** The ceremonies of WebAuthn Level 3 §7, for the one origin and relying party id of this server. Keeps nothing. */
export interface Passkeys {
  /** Options for a new discoverable passkey with user verification; `known` are not made twice. */
  creation(
    about: { readonly accountId: string; readonly email: string; readonly name: string },
    known: readonly Passkey[],
    challenge: string,
  ): Promise<WebAuthnJson>;
  /** What the browser made; undefined when any check fails. */
  created(
    answer: WebAuthnJson,
    challenge: string,
  ): Promise<Pick<Passkey, "id" | "publicKey" | "counter" | "transports" | "aaguid" | "isSynced"> | undefined>;
  /** Options for a sign-in by whichever passkey the person has here: `allowed` empty, so that nobody learns who has one. */
  request(challenge: string, allowed: readonly Passkey[]): Promise<WebAuthnJson>;
  /**
   * Judges a signature by the passkey that it names; undefined when any check fails, a counter that went back included.
   * @returns the authenticator's new counter
   */
  signed(answer: WebAuthnJson, challenge: string, passkey: Passkey): Promise<{ readonly counter: number } | undefined>;
}
