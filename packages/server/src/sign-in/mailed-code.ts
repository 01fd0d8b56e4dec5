import { randomInt, timingSafeEqual } from "node:crypto";
import type { Keys } from "../ports/keys.ts";
import type { MailedProof, MailedPurpose } from "../records/mailed-proof.ts";
import { newName } from "../tokens/secret.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** Seconds in which a mailed code is to be typed. */
export const codeLifetime = 900;
/** Wrong codes of one mail; with eight digits all of them hit one in twenty million. */
const guesses = 5;

/** What the purpose of a mail needs beside whom it goes to. */
type About = Pick<MailedProof, "purpose" | "email" | "accountId" | "details">;

/**
 * Makes a code for this interaction in the place of an earlier one. One is made for an address without an account too, and
 * judged like any other: nothing that can be measured tells the two apart.
 * @returns the code: eight digits
 */
export async function newMailedCode(
  { store, keys }: Pick<SignInContext, "store" | "keys">,
  { interaction, now }: Pick<Ceremony, "interaction" | "now">,
  about: About,
): Promise<string> {
  const id = newName();
  const code = String(randomInt(100_000_000)).padStart(8, "0");
  await store.mailedProofs.put({
    ...about,
    id,
    interactionId: interaction.id,
    linkHash: null,
    codeMac: macOf(keys, id, code),
    guessesLeft: guesses,
    createdAt: now,
    expiresAt: now + codeLifetime,
  });
  return code;
}

/**
 * Judges a typed code: each try is taken from the few that there are before it is looked at, and the right one is spent.
 * @returns what was mailed; undefined when it is wrong, spent, too late, or was mailed to nobody
 */
export async function redeemMailedCode(
  { store, keys }: Pick<SignInContext, "store" | "keys">,
  { interaction, now }: Pick<Ceremony, "interaction" | "now">,
  purpose: MailedPurpose,
  typed: string,
): Promise<MailedProof | undefined> {
  const proof = await store.mailedProofs.findFor(interaction.id, purpose);
  if (!proof || now >= proof.expiresAt || !(await store.mailedProofs.guess(proof.id))) return undefined;
  const digits = typed.normalize("NFKC").replace(/[^0-9]/g, "");
  if (proof.codeMac === null || !same(macOf(keys, proof.id, digits), proof.codeMac)) return undefined;
  return (await store.mailedProofs.spend(proof.id)) ? proof : undefined;
}

/** With the ring key of the day: one that is replaced meanwhile makes a code of minutes wrong, and no more. */
function macOf(keys: Keys, id: string, code: string): string {
  const mac = keys.mac(keys.proofKeyId, "mailed-code", new TextEncoder().encode(`${id}\n${code}`));
  if (!mac) throw new Error("This node lacks its own key.");
  return Buffer.from(mac).toString("base64url");
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
