import type { AuditLog } from "../ports/audit-log.ts";
import type { Breaches } from "../ports/breaches.ts";
import type { Keys } from "../ports/keys.ts";
import type { Limiter } from "../ports/limiter.ts";
import type { OneTimePasswords } from "../ports/one-time-passwords.ts";
import type { Passkeys } from "../ports/passkeys.ts";
import type { Passwords } from "../ports/passwords.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Strength } from "../ports/strength.ts";
import type { Upstreams } from "../ports/upstreams.ts";
import type { Post } from "./post.ts";

/** What signing in takes. */
export interface SignInContext {
  readonly store: Store;
  readonly settings: Settings;
  readonly keys: Keys;
  readonly passwords: Passwords;
  readonly passkeys: Passkeys;
  readonly oneTimePasswords: OneTimePasswords;
  readonly limiter: Limiter;
  readonly audit: AuditLog;
  readonly strength: Strength;
  readonly breaches: Breaches;
  readonly post: Post;
  readonly upstreams: Upstreams;
}
