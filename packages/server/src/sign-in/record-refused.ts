import type { AuditEvent } from "../records/audit-event.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/**
 * Writes down that somebody was not let in, as often as one address may fail: what costs a stranger nothing, junk for a
 * passkey or a code that nobody judges any more, must not fill the record of events.
 */
export function recordRefused(
  { audit, limiter }: Pick<SignInContext, "audit" | "limiter">,
  { address, now }: Pick<Ceremony, "address" | "now">,
  about: Pick<AuditEvent, "accountId" | "detail">,
): void {
  const key = `refused ${address}`;
  if (limiter.waitFor("sign_in_address", key, now) > 0) return;
  limiter.count("sign_in_address", key, now);
  audit.record({ at: now, what: "sign-in.refused", ...about, address });
}
