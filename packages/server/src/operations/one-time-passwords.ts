import type { AuditLog } from "../ports/audit-log.ts";
import type { Keys } from "../ports/keys.ts";
import type { OneTimePasswords, SetUp } from "../ports/one-time-passwords.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { fromWord, sealSecret, unsealSecret, wordOf } from "../tokens/one-time-secret.ts";

/** What looking after one-time passwords takes. */
export interface OneTimePasswordContext {
  readonly store: Pick<Store, "oneTimePasswords" | "recoveryCodes">;
  readonly keys: Keys;
  readonly oneTimePasswords: OneTimePasswords;
  readonly audit: AuditLog;
}

interface About {
  readonly address: string;
  readonly now: Instant;
}

const pending = "new-one-time-password";

/**
 * A secret for the person's authenticator app, sealed for this account: to be given back with the first code of that app.
 * Nothing is kept of it until then.
 */
export function newOneTimePassword(
  { keys, oneTimePasswords }: Pick<OneTimePasswordContext, "keys" | "oneTimePasswords">,
  accountId: string,
): string {
  return wordOf(sealSecret(keys, pending, accountId, oneTimePasswords.newSecret()));
}

/**
 * What the person's app takes over; undefined where `newSecret` is not of this account.
 * @throws temporarily_unavailable "token.ring-key-unknown"
 */
export function shownOneTimePassword(
  { keys, oneTimePasswords }: Pick<OneTimePasswordContext, "keys" | "oneTimePasswords">,
  { id, email }: Account,
  newSecret: string,
  site: string,
): SetUp | undefined {
  const secret = unsealSecret(keys, pending, id, fromWord(newSecret));
  return secret && oneTimePasswords.setUp(secret, site, email);
}

/**
 * Turns one-time passwords on, when the code shows that the app has the secret. The code is spent.
 * @returns "taken" where the account has them already
 * @throws temporarily_unavailable "token.ring-key-unknown"
 */
export async function confirmOneTimePassword(
  { store, keys, oneTimePasswords, audit }: OneTimePasswordContext,
  accountId: string,
  given: { readonly newSecret: string; readonly code: string },
  { address, now }: About,
): Promise<"on" | "wrong" | "taken"> {
  const secret = unsealSecret(keys, pending, accountId, fromWord(given.newSecret));
  const step = secret && oneTimePasswords.stepOf(secret, given.code, now);
  if (secret === undefined || step === undefined) return "wrong";
  const { sealed: sealedSecret, keyId } = sealSecret(keys, "one-time-password", accountId, secret);
  const row = { accountId, sealedSecret, keyId, lastStep: step, createdAt: now };
  if (!(await store.oneTimePasswords.add(row))) return "taken";
  audit.record({ at: now, what: "second-factor.added", accountId, address, detail: "one-time passwords" });
  return "on";
}

/**
 * Turns one-time passwords off; false when they were not on. Recovery codes go with them, unless passkeys are left that these
 * stand in for.
 */
export async function removeOneTimePassword(
  {
    store,
    audit,
  }: { readonly store: Pick<Store, "oneTimePasswords" | "passkeys">; readonly audit: AuditLog },
  accountId: string,
  { address, now }: About,
): Promise<boolean> {
  const hasPasskeys = (await store.passkeys.listOf(accountId)).length > 0;
  if (!(await store.oneTimePasswords.remove(accountId, !hasPasskeys))) return false;
  audit.record({ at: now, what: "second-factor.removed", accountId, address, detail: "one-time passwords" });
  return true;
}
