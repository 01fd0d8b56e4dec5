import type { AuditLog } from "../ports/audit-log.ts";
import type { Keys } from "../ports/keys.ts";
import type { Limiter } from "../ports/limiter.ts";
import type { Passwords } from "../ports/passwords.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";

/** What signing in takes. */
export interface SignInContext {
  readonly store: Store;
  readonly settings: Settings;
  readonly keys: Keys;
  readonly passwords: Passwords;
  readonly limiter: Limiter;
  readonly audit: AuditLog;
}
