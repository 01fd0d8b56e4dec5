import type { GrantStore } from "../../ports/store.ts";
import type { Grant, Limit, Permission } from "../../records/grant.ts";
import type { Instant } from "../../records/instant.ts";
import { integer, nullable, text } from "./codec.ts";
import { type Database, type Row, required, type Statement, statement, type Value } from "./database.ts";
import { pageOfGrants } from "./grant-pages.ts";
import { endThose } from "./lineage-ends.ts";

/** The scope of a row that grants a resource which has none: the resource itself is what was granted. */
const whole = "";

/** One row for each scope; a grant without any is one row whose scope is NULL. */
function selectGrants(where: string): string {
  return `SELECT g.id, g.account_id, g.client_id, g.created_at, g.updated_at, p.resource, p.scope, p.ends_at
    FROM access_grant g LEFT JOIN permission p ON p.grant_id = g.id
    WHERE ${where} ORDER BY g.id, p.resource, p.scope`;
}

export function grants(db: Database): GrantStore {
  return {
    async find(id) {
      return readGrants(await db.read(selectGrants("g.id = ?"), id))[0];
    },
    async findFor(accountId, clientId) {
      return readGrants(await db.read(selectGrants(ofBoth), ...both(accountId, clientId)))[0];
    },
    async listOf(accountId) {
      return readGrants(await db.read(selectGrants("g.account_id = ?"), text.write(accountId)));
    },
    async page(page) {
      const { sql, params } = pageOfGrants(page);
      return readGrants(await db.read(selectGrants(`g.id IN (${sql})`), ...params));
    },
    async consent(accountId, clientId, permissions, at, endsAt) {
      const { results } = await db.commit(
        ...consentTo(accountId, clientId, permissions, at, endsAt),
        statement(selectGrants(ofBoth), ...both(accountId, clientId)),
      );
      const [grant] = readGrants(results.at(-1)?.rows ?? []);
      if (!grant) throw new Error("a grant was written and is not there");
      return grant;
    },
    async end(id, at) {
      const { stands } = await db.commit(
        required("DELETE FROM access_grant WHERE id = ?", id),
        ...endThose("grant_id = ?", { reason: "grant.ended", at, params: [id] }),
      );
      return stands;
    },
  };
}

/** Makes the grant of account and client, or joins into the one that stands, whose row the first statement locks. */
export function consentTo(
  accountId: string,
  clientId: string,
  permissions: readonly Permission[],
  at: Instant,
  endsAt?: Instant,
): readonly Statement[] {
  const key = both(accountId, clientId);
  const wanted = permissions.flatMap(({ resource, scopes }) =>
    (scopes.length > 0 ? scopes : [whole]).map((scope) => [resource, scope] as const),
  );
  return [
    required(
      `INSERT INTO access_grant (account_id, client_id, created_at, updated_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (account_id, client_id) DO UPDATE SET updated_at = excluded.updated_at`,
      ...key,
      integer.write(at),
      at,
    ),
    ...wanted.map(([resource, scope]) =>
      statement(
        `INSERT INTO permission (grant_id, resource, scope, ends_at)
         SELECT id, ?, ?, ? FROM access_grant WHERE account_id = ? AND client_id = ?
         ON CONFLICT (grant_id, resource, scope) DO UPDATE SET ends_at = excluded.ends_at`,
        text.write(resource),
        text.write(scope),
        nullable(integer).write(endsAt ?? null),
        ...key,
      ),
    ),
  ];
}

const ofBoth = "g.account_id = ? AND g.client_id = ?";

function both(accountId: string, clientId: string): readonly [Value, Value] {
  return [text.write(accountId), text.write(clientId)];
}

interface Read {
  readonly grant: Omit<Grant, "permissions">;
  readonly scopes: Map<string, string[]>;
  readonly limits: Limit[];
}

function readGrants(rows: readonly Row[]): Grant[] {
  const byId = new Map<number, Read>();
  for (const row of rows) {
    const id = integer.read(row.id);
    const entry = byId.get(id) ?? {
      grant: readGrant(id, row),
      scopes: new Map<string, string[]>(),
      limits: [],
    };
    byId.set(id, entry);
    if (row.scope === null) continue;
    const resource = text.read(row.resource);
    const scopes = entry.scopes.get(resource) ?? [];
    entry.scopes.set(resource, scopes);
    const scope = text.read(row.scope);
    if (scope !== whole) scopes.push(scope);
    if (row.ends_at !== null) entry.limits.push({ resource, scope, endsAt: integer.read(row.ends_at) });
  }
  return [...byId.values()].map(({ grant, scopes, limits }) => ({
    ...grant,
    permissions: [...scopes].map(([resource, names]) => ({ resource, scopes: names })),
    ...(limits.length > 0 && { limits }),
  }));
}

function readGrant(id: number, row: Row): Omit<Grant, "permissions"> {
  return {
    id,
    accountId: text.read(row.account_id),
    clientId: text.read(row.client_id),
    createdAt: integer.read(row.created_at),
    updatedAt: integer.read(row.updated_at),
  };
}
