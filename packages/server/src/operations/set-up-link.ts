import type { Store } from "../ports/store.ts";
import type { Instant } from "../records/instant.ts";
import { administrator } from "../records/role.ts";
import { hashSecret, newSecret } from "../tokens/secret.ts";

const lifetime = 24 * 60 * 60;

/**
 * A one-time link that makes the first administrator; undefined when there is one who may sign in. It works for 24 hours;
 * the store keeps its hash only.
 */
export async function setUpLink(
  store: Pick<Store, "accounts" | "setUpLinks">,
  issuer: string,
  now: Instant,
): Promise<string | undefined> {
  const accounts = await store.accounts.list();
  if (accounts.some(({ roles, disabledAt }) => roles.includes(administrator) && disabledAt === null))
    return undefined;
  const secret = newSecret("vku");
  await store.setUpLinks.put({ hash: hashSecret(secret), createdAt: now, expiresAt: now + lifetime });
  return `${issuer}/set-up?link=${secret}`;
}
