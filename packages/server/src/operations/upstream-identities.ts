import type { AuditLog } from "../ports/audit-log.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { countedWays, type Offered } from "./ways-left.ts";

/** Which account elsewhere. */
export interface Elsewhere {
  readonly upstream: string;
  readonly subject: string;
}

/**
 * Takes the connection with an account elsewhere away, unless nothing else would be left to sign in with.
 * @returns "unknown" for another person's too
 */
export async function disconnect(
  { store, audit }: { readonly store: Pick<Store, "identities" | "accounts">; readonly audit: AuditLog },
  account: Account,
  { upstream, subject }: Elsewhere,
  offered: Offered,
  { address, now }: { readonly address: string; readonly now: Instant },
): Promise<"disconnected" | "last" | "unknown"> {
  const all = await store.identities.listOf(account.id);
  if (!all.some((one) => one.upstream === upstream && one.subject === subject)) return "unknown";
  const way = { kind: "upstream", upstream, subject } as const;
  if (!(await store.accounts.takeWayIn(account.id, way, countedWays(offered)))) {
    const stands = (await store.identities.find(upstream, subject))?.accountId === account.id;
    return stands ? "last" : "unknown";
  }
  audit.record({ at: now, what: "identity.unlinked", accountId: account.id, address, detail: upstream });
  return "disconnected";
}
