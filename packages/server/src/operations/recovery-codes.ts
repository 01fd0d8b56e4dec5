import type { AuditLog } from "../ports/audit-log.ts";
import type { Store } from "../ports/store.ts";
import type { Instant } from "../records/instant.ts";
import { hashRecoveryCode, newRecoveryCode, shownRecoveryCode } from "../tokens/recovery-code.ts";

export const recoveryCodesAtOnce = 10;

/**
 * Ten codes in the place of all there were, each good for one sign-in without the second factor.
 * @returns them as they are shown, this once: only their hashes are kept
 */
export async function newRecoveryCodes(
  { store, audit }: { readonly store: Pick<Store, "recoveryCodes">; readonly audit: AuditLog },
  accountId: string,
  { address, now }: { readonly address: string; readonly now: Instant },
): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodesAtOnce }, newRecoveryCode);
  await store.recoveryCodes.replace(
    accountId,
    codes.map((code) => hashRecoveryCode(accountId, code)),
  );
  audit.record({ at: now, what: "recovery-codes.made", accountId, address });
  return codes.map(shownRecoveryCode);
}
