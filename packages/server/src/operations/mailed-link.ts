import type { Store } from "../ports/store.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { MailedProof, MailedPurpose } from "../records/mailed-proof.ts";
import { hashSecret, newName, newSecret, withoutChecksum } from "../tokens/secret.ts";

/** What a link is for and whose it is, and how long it works. */
export type NewMailedLink = Pick<MailedProof, "purpose" | "email" | "accountId" | "details"> & {
  readonly lifetime: Seconds;
};

/**
 * Makes a link that works in any browser, in the place of an earlier one of the same account and purpose. One is made for an
 * address without an account too: whoever asks cannot tell by the time.
 * @returns its secret, 256 bits, of which only the hash is kept
 */
export async function newMailedLink(
  { mailedProofs }: Pick<Store, "mailedProofs">,
  { lifetime, ...about }: NewMailedLink,
  now: Instant,
): Promise<string> {
  const secret = newSecret("vku");
  await mailedProofs.put({
    ...about,
    id: newName(),
    interactionId: null,
    linkHash: hashSecret(secret),
    codeMac: null,
    guessesLeft: 0,
    createdAt: now,
    expiresAt: now + lifetime,
  });
  return secret;
}

/** What the link was mailed for; undefined when it is spent, too old, for something else, or never was one. Spends nothing. */
export async function readMailedLink(
  { mailedProofs }: Pick<Store, "mailedProofs">,
  purpose: MailedPurpose,
  secret: string,
  now: Instant,
): Promise<MailedProof | undefined> {
  if (withoutChecksum("vku", secret) === undefined) return undefined;
  const proof = await mailedProofs.findByLink(hashSecret(secret));
  return proof?.purpose === purpose && now < proof.expiresAt ? proof : undefined;
}
