import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { AuditEvent } from "../records/audit-event.ts";
import type { Grant } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";

/** More than anybody reads, and few enough for one answer. */
const mostEvents = 10_000;

/**
 * A copy of everything that is kept about a person, for themselves: names and times; no hash, no key and no secret, with
 * which whoever finds the file could do something. Times as in RFC 3339.
 */
export async function exportOf(store: Store, account: Account, now: Instant): Promise<object> {
  const { id } = account;
  const [passkeys, secret, codesLeft, sessions, identities, grants, events] = await Promise.all([
    store.passkeys.listOf(id),
    store.oneTimePasswords.find(id),
    store.recoveryCodes.left(id),
    store.sessions.listOf(id),
    store.identities.listOf(id),
    store.grants.listOf(id),
    store.journal.eventsOfAccount(id, mostEvents),
  ]);
  return {
    exported_at: time(now),
    account: accountOf(account),
    passkeys: passkeys.map(({ name, isSynced, createdAt, lastUsedAt }) => ({
      name,
      synced: isSynced,
      ...times(createdAt, lastUsedAt),
    })),
    authenticator_app: secret ? { created_at: time(secret.createdAt) } : null,
    recovery_codes_left: codesLeft,
    sessions: sessions.map(
      ({ userAgent, address, amr, authenticatedAt, createdAt, lastUsedAt, expiresAt }) => ({
        user_agent: userAgent,
        address,
        methods: amr,
        authenticated_at: time(authenticatedAt),
        ...times(createdAt, lastUsedAt),
        expires_at: time(expiresAt),
      }),
    ),
    accounts_elsewhere: identities.map(({ upstream, subject, email, createdAt, lastUsedAt }) => ({
      provider: upstream,
      subject,
      email,
      ...times(createdAt, lastUsedAt),
    })),
    apps: await Promise.all(grants.map((grant) => appOf(store, grant))),
    events: events.map(eventOf),
  };
}

function accountOf({ id, email, emailVerified, name, locale, roles, passwordHash, createdAt }: Account) {
  return {
    id,
    email,
    email_verified: emailVerified,
    name,
    language: locale ?? null,
    roles,
    has_password: passwordHash !== null,
    created_at: time(createdAt),
  };
}

async function appOf(store: Store, { id, clientId, permissions, limits, createdAt, updatedAt }: Grant) {
  const lineages = await store.lineages.listOf(id);
  return {
    client_id: clientId,
    permissions,
    ...(limits && {
      limits: limits.map(({ resource, scope, endsAt }) => ({ resource, scope, ends_at: time(endsAt) })),
    }),
    created_at: time(createdAt),
    updated_at: time(updatedAt),
    devices: lineages.map((lineage) => ({
      user_agent: lineage.userAgent,
      permissions: lineage.permissions,
      ...times(lineage.createdAt, lineage.lastUsedAt),
      expires_at: time(Math.min(lineage.idleExpiresAt, lineage.absoluteExpiresAt)),
      ended_at: lineage.endedAt === null ? null : time(lineage.endedAt),
    })),
  };
}

function eventOf({ at, what, clientId, address, userAgent, detail }: AuditEvent) {
  return {
    at: time(at),
    event: what,
    ...(clientId !== undefined && { client_id: clientId }),
    ...(address !== undefined && { address }),
    ...(userAgent !== undefined && { user_agent: userAgent }),
    ...(detail !== undefined && { detail }),
  };
}

function times(createdAt: Instant, lastUsedAt: Instant | null) {
  return { created_at: time(createdAt), last_used_at: lastUsedAt === null ? null : time(lastUsedAt) };
}

function time(at: Instant): string {
  return new Date(at * 1000).toISOString();
}
