import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { newMailedLink, readMailedLink } from "./mailed-link.ts";

const lifetime: Seconds = 24 * 60 * 60;

/** What is to be mailed so that a person confirms the address of their account; the link alone proves nothing else. */
export async function emailVerification(
  store: Pick<Store, "mailedProofs">,
  issuer: string,
  { id: accountId, email }: Account,
  now: Instant,
): Promise<{ readonly link: string; readonly lifetime: Seconds }> {
  const about = { purpose: "verify-email", email, accountId, details: {}, lifetime } as const;
  return { link: `${issuer}/verify-email?link=${await newMailedLink(store, about, now)}`, lifetime };
}

/** The account that a link confirms the address of, while that is still its address. Confirms nothing yet. */
export async function accountToVerify(
  store: Pick<Store, "mailedProofs" | "accounts">,
  secret: string,
  now: Instant,
): Promise<{ readonly account: Account; readonly proofId: string } | undefined> {
  const proof = await readMailedLink(store, "verify-email", secret, now);
  const account = proof?.accountId == null ? undefined : await store.accounts.find(proof.accountId);
  if (!proof || account?.email !== proof.email || account.disabledAt !== null) return undefined;
  return { account, proofId: proof.id };
}

/** Confirms the address; false when the link was spent meanwhile, or the account has another address now. */
export async function verifyEmail(
  { mailedProofs, accounts }: Pick<Store, "mailedProofs" | "accounts">,
  { account, proofId }: { readonly account: Account; readonly proofId: string },
): Promise<boolean> {
  return (await mailedProofs.spend(proofId)) && (await accounts.verifyEmail(account.id, account.email));
}
