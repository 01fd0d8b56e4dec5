import type { Parameters } from "@valetkey/protocol/parameters";
import type { AuditLog } from "../ports/audit-log.ts";
import type { Keys } from "../ports/keys.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Story } from "../ports/story.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Possession } from "../tokens/dpop-proof.ts";
import type { TokenResponse } from "../tokens/token-response.ts";

export interface GrantContext {
  readonly store: Store;
  readonly keys: Keys;
  readonly settings: Settings;
  readonly audit: AuditLog;
}

export interface GrantRequest {
  /** Who calls: proven, or a client that may call without proof. */
  readonly client: Client;
  readonly isProven: boolean;
  /** The key that the request proves; what is issued is bound to it. */
  readonly possession: Possession;
  readonly parameters: Parameters;
  readonly now: Instant;
  readonly story: Story;
  readonly address: string;
  readonly userAgent: string;
}

/** One way to earn tokens: OAuth 2.1 §4. It reads, judges, signs, then calls the one verb that writes. */
export interface GrantType {
  /** The wire's `grant_type`. */
  readonly type: string;
  exchange(request: GrantRequest): Promise<TokenResponse>;
}
