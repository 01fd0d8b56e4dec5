import type { AuditLog } from "../ports/audit-log.ts";
import { type NewPasskey, PasskeyRefused, type Passkeys, type WebAuthnJson } from "../ports/passkeys.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { Passkey } from "../records/passkey.ts";
import { makerOf } from "./passkey-makers.ts";
import { countedWays, type Offered } from "./ways-left.ts";

/** What looking after passkeys takes. */
export interface PasskeyContext {
  readonly store: Pick<Store, "passkeys">;
  readonly passkeys: Passkeys;
  readonly audit: AuditLog;
}

/** More than anybody has devices, and few enough to name each of them to a browser. */
const most = 30;
export const longestPasskeyName = 60;

/** What the browser is asked for, so that the account gets one more. */
export async function passkeyCreation(
  { store, passkeys }: Pick<PasskeyContext, "store" | "passkeys">,
  { id, email, name }: Account,
  challenge: string,
): Promise<WebAuthnJson> {
  return passkeys.creation({ accountId: id, email, name }, await store.passkeys.listOf(id), challenge);
}

/** What the browser made of it, and what the person calls it. */
export interface PasskeyMade {
  readonly answer: WebAuthnJson;
  /** The challenge that was given out; whoever calls sees to it that it is answered once. */
  readonly challenge: string;
  /** Empty for the name of its maker. */
  readonly name: string;
}

/**
 * Gives the account one more passkey; undefined when the answer is not as it should be, the passkey is known already, or the
 * account has too many.
 */
export async function addPasskey(
  { store, passkeys, audit }: PasskeyContext,
  account: Account,
  { answer, challenge, name }: PasskeyMade,
  about: { readonly address: string; readonly now: Instant },
): Promise<Passkey | undefined> {
  const { now, address } = about;
  const tell = (what: string, detail: string) =>
    audit.record({ at: now, what, accountId: account.id, address, detail });
  let made: NewPasskey;
  try {
    made = await passkeys.created(answer, challenge);
  } catch (thrown) {
    if (!(thrown instanceof PasskeyRefused)) throw thrown;
    tell("passkey.refused", thrown.fact);
    return undefined;
  }
  const passkey: Passkey = {
    ...made,
    accountId: account.id,
    name: passkeyName(name) || makerOf(made.aaguid),
    createdAt: now,
    lastUsedAt: null,
  };
  const hasRoom = (await store.passkeys.listOf(account.id)).length < most;
  if (!hasRoom || !(await store.passkeys.add(passkey))) {
    tell("passkey.refused", hasRoom ? "The passkey is known already." : "The account has too many.");
    return undefined;
  }
  tell("passkey.added", passkey.name);
  return passkey;
}

/** False when the account has no such passkey. */
export async function renamePasskey(
  { store }: Pick<PasskeyContext, "store">,
  accountId: string,
  id: string,
  name: string,
): Promise<boolean> {
  return await store.passkeys.rename(id, accountId, passkeyName(name));
}

/**
 * Takes a passkey away, unless nothing else would be left to sign in with. Recovery codes go with the last second factor: they
 * must not wake again beside the next one.
 * @returns "unknown" for another person's too
 */
export async function removePasskey(
  { store, audit }: { readonly store: RemovalStore; readonly audit: AuditLog },
  { id: accountId }: Account,
  id: string,
  offered: Offered,
  { address, now }: { readonly address: string; readonly now: Instant },
): Promise<"removed" | "last" | "unknown"> {
  const passkey = await store.passkeys.find(id);
  if (passkey?.accountId !== accountId) return "unknown";
  if (!(await store.accounts.takeWayIn(accountId, { kind: "passkey", id }, countedWays(offered))))
    return (await store.passkeys.find(id)) ? "last" : "unknown";
  const hasOther =
    (await store.passkeys.listOf(accountId)).length > 0 || (await store.oneTimePasswords.find(accountId));
  if (!hasOther) await store.recoveryCodes.replace(accountId, []);
  audit.record({ at: now, what: "passkey.removed", accountId, address, detail: passkey.name });
  return "removed";
}

type RemovalStore = Pick<Store, "passkeys" | "accounts" | "oneTimePasswords" | "recoveryCodes">;

/** One line, not too long. Empty where nothing is left of it: the pages have a word for that. */
function passkeyName(given: string): string {
  const line = given
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, " ")
    .trim();
  return [...line].slice(0, longestPasskeyName).join("");
}
