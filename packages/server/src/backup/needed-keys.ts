import type { Store } from "../ports/store.ts";
import type { Instant } from "../records/instant.ts";

/**
 * The ids of the ring keys that this database needs: those that proofs of living lineages were made with, those that
 * seal people's one-time passwords, and those that seal signing keys still published. Sorted.
 */
export async function neededKeys(
  { lineages, oneTimePasswords, signingKeys }: Pick<Store, "lineages" | "oneTimePasswords" | "signingKeys">,
  now: Instant,
): Promise<readonly string[]> {
  const published = (await signingKeys.list()).filter(({ removeAt }) => removeAt === null || removeAt > now);
  const ids = new Set([
    ...(await lineages.liveKeyIds(now)),
    ...(await oneTimePasswords.keyIds()),
    ...published.map(({ sealedBy }) => sealedBy),
  ]);
  return [...ids].sort();
}
