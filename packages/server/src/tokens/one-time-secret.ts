import { OAuthError } from "@valetkey/protocol/errors";
import type { Keys } from "../ports/keys.ts";

/** A secret of a person, sealed by a key of the ring: a copy of the store alone says nothing. */
export interface SealedSecret {
  /** base64url */
  readonly sealed: string;
  readonly keyId: string;
}

/**
 * What a sealed secret is for: kept for one-time passwords, one of them that is being set up, or recovery codes that the
 * person is being shown. One opens as no other.
 */
export type SealedPurpose = "one-time-password" | "new-one-time-password" | "shown-recovery-codes";

/** Seals for one account and one purpose. */
export function sealSecret(
  keys: Pick<Keys, "seal" | "proofKeyId">,
  purpose: SealedPurpose,
  accountId: string,
  secret: Uint8Array,
): SealedSecret {
  const keyId = keys.proofKeyId;
  const sealed = keys.seal(keyId, purpose, Buffer.from(accountId), secret);
  if (!sealed) throw new Error("This node lacks its own key.");
  return { sealed: Buffer.from(sealed).toString("base64url"), keyId };
}

/**
 * Opens what was sealed for this account and purpose; undefined for anything else.
 * @throws temporarily_unavailable "token.ring-key-unknown": another node may have the key
 */
export function unsealSecret(
  keys: Pick<Keys, "unseal">,
  purpose: SealedPurpose,
  accountId: string,
  secret: SealedSecret | undefined,
): Uint8Array | undefined {
  if (!secret) return undefined;
  const { sealed, keyId } = secret;
  const opened = keys.unseal(keyId, purpose, Buffer.from(accountId), Buffer.from(sealed, "base64url"));
  if (opened !== "key-unknown") return opened;
  throw new OAuthError("temporarily_unavailable", "Try again later.", "token.ring-key-unknown", {
    fact: keyId,
    retryAfter: 5,
  });
}

/** As one word, for a place that has room for one. */
export function wordOf({ sealed, keyId }: SealedSecret): string {
  return `${keyId}.${sealed}`;
}

/** Undefined for what never was such a word: a form may bring anything back, and no other node has a key for junk. */
export function fromWord(word: string): SealedSecret | undefined {
  const [, keyId, sealed] = /^([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/.exec(word) ?? [];
  return keyId === undefined || sealed === undefined ? undefined : { keyId, sealed };
}
