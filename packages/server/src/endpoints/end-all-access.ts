import type { Instant } from "../records/instant.ts";
import type { Context } from "./context.ts";

/** Ends what a person let in: every app and agent, on all devices. Whoever calls nudges the revocation feed. */
export async function endAllAccess(
  { store, audit }: Pick<Context, "store" | "audit">,
  accountId: string,
  address: string,
  now: Instant,
): Promise<void> {
  for (const { id: grantId, clientId } of await store.grants.listOf(accountId)) {
    if (await store.grants.end(grantId, now))
      audit.record({ at: now, what: "grant.ended", grantId, clientId, accountId, address });
  }
}
