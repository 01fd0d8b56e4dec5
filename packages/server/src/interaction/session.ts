import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Session } from "../records/session.ts";
import { hashSecret, newName } from "../tokens/secret.ts";
import type { SignedIn } from "./authorization.ts";

/** Who is signed in with this cookie, if the session and the account still live. */
export async function currentPerson(
  store: Pick<Store, "sessions" | "accounts">,
  cookie: string | undefined,
  now: Instant,
): Promise<SignedIn | undefined> {
  const session = cookie === undefined ? undefined : await store.sessions.find(hashSecret(cookie));
  if (!session || now >= session.expiresAt) return undefined;
  const account = await store.accounts.find(session.accountId);
  if (account?.disabledAt !== null) return undefined;
  noteUse(store, session, now);
  return { session, account };
}

const hour: Seconds = 3_600;

/** Once an hour, and nobody waits for it: a use that cannot be noted is noted with the next page. */
function noteUse({ sessions }: Pick<Store, "sessions">, { idHash, lastUsedAt }: Session, now: Instant): void {
  if (now - lastUsedAt >= hour) sessions.used(idHash, now).catch(() => undefined);
}

/**
 * Begins a session under a new cookie value, whatever cookie the browser came with: a planted one is worth nothing.
 * @returns the cookie's value; only its hash is kept
 */
export async function beginSession(
  store: Pick<Store, "sessions">,
  account: Account,
  about: About,
  replaces: string | undefined,
  now: Instant,
): Promise<string> {
  const cookie = newName(32);
  await store.sessions.begin({
    idHash: hashSecret(cookie),
    sid: newName(),
    accountId: account.id,
    authenticatedAt: about.authenticatedAt,
    amr: about.amr,
    userAgent: about.userAgent.slice(0, 200),
    address: about.address,
    lastUsedAt: now,
    createdAt: now,
    expiresAt: now + about.lifetime,
  });
  if (replaces !== undefined) await store.sessions.end(hashSecret(replaces));
  return cookie;
}

interface About {
  /** When the first factor fitted. */
  readonly authenticatedAt: Instant;
  readonly amr: readonly string[];
  readonly userAgent: string;
  readonly address: string;
  readonly lifetime: Seconds;
}
