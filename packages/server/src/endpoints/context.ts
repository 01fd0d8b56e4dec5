import type { AuthenticateClient } from "../clients/authenticate.ts";
import type { ResolveClient } from "../clients/resolve.ts";
import type { GrantType } from "../grants/grant.ts";
import type { Cookies } from "../http/cookies.ts";
import type { AuditLog } from "../ports/audit-log.ts";
import type { Breaches } from "../ports/breaches.ts";
import type { Clock } from "../ports/clock.ts";
import type { Keys } from "../ports/keys.ts";
import type { Limiter } from "../ports/limiter.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { OneTimePasswords } from "../ports/one-time-passwords.ts";
import type { Passkeys } from "../ports/passkeys.ts";
import type { Passwords } from "../ports/passwords.ts";
import type { Places } from "../ports/places.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Strength } from "../ports/strength.ts";
import type { Upstreams } from "../ports/upstreams.ts";
import type { Post } from "../sign-in/post.ts";
import type { Way } from "../sign-in/way.ts";
import type { ProofReader } from "../tokens/dpop-proof.ts";
import type { RevocationFeed } from "../tokens/revocation-feed.ts";
import type { Look } from "./look.ts";
import type { PageScript } from "./page-script.ts";

/** What endpoints are given: ports and what `server.ts` made of them. */
export interface Context {
  readonly settings: Settings;
  readonly store: Store;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly passkeys: Passkeys;
  readonly oneTimePasswords: OneTimePasswords;
  readonly strength: Strength;
  readonly breaches: Breaches;
  readonly mailer: Mailer;
  readonly upstreams: Upstreams;
  readonly places: Places;
  readonly limiter: Limiter;
  readonly audit: AuditLog;
  readonly cookies: Cookies;
  readonly resolveClient: ResolveClient;
  readonly authenticate: AuthenticateClient;
  readonly readProof: ProofReader;
  readonly feed: RevocationFeed;
  readonly grants: ReadonlyMap<string, GrantType>;
  /** The ways in, by the name of their action. */
  readonly ways: ReadonlyMap<string, Way>;
  readonly passkeyScript: PageScript;
  readonly passwordScript: PageScript;
  readonly post: Post;
  /** How the pages look and speak. */
  readonly look: Look;
  /** The path of the issuer, which every route of ours begins with; empty for most. */
  readonly basePath: string;
}
