import type { ClientStore } from "../../ports/store.ts";
import type { Client } from "../../records/client.ts";
import { flag, integer, json, nullable, optional, text, word } from "./codec.ts";
import { type Columns, columns, one } from "./columns.ts";
import { change, type Database, required, statement } from "./database.ts";
import { endThose } from "./lineage-ends.ts";

const replaceable = {
  name: text,
  redirectUris: json<Client["redirectUris"]>(),
  postLogoutRedirectUris: json<Client["postLogoutRedirectUris"]>(),
  grantTypes: json<Client["grantTypes"]>(),
  authMethods: json<Client["authMethods"]>(),
  applicationType: nullable(word<"web" | "native">()),
  scope: nullable(json<readonly string[]>()),
  introspects: json<Client["introspects"]>(),
  secrets: json<Client["secrets"]>(),
  jwks: nullable(json<NonNullable<Client["jwks"]>>()),
  jwksUri: nullable(text),
  logoUri: nullable(text),
  clientUri: nullable(text),
  refreshGrace: optional(integer),
  actsAt: optional(json<readonly string[]>()),
  boundTokens: optional(flag),
  disabledAt: nullable(integer),
};

const client: Columns<Client> = columns<Client>({
  ...replaceable,
  id: text,
  kind: word(),
  createdAt: integer,
  lastAuthorizedAt: nullable(integer),
});

const replacement = columns<Pick<Client, keyof typeof replaceable>>(replaceable);

export function clients(db: Database): ClientStore {
  const byId = `SELECT ${client.names} FROM client WHERE id = ?`;
  return {
    async add(given) {
      const insert = `INSERT INTO client (${client.names}) VALUES (${client.marks}) ON CONFLICT DO NOTHING`;
      return (await change(db, insert, ...client.values(given))) > 0;
    },
    async find(id) {
      return one(await db.readOne(byId, text.write(id)), client);
    },
    async list() {
      return (await db.read(`SELECT ${client.names} FROM client ORDER BY created_at, number`)).map(
        client.read,
      );
    },
    async replace(given, seen) {
      const update = `UPDATE client SET ${replacement.assignments} WHERE id = ?`;
      const params = [...replacement.values(given), text.write(given.id)];
      if (!seen) return (await change(db, update, ...params)) > 0;
      const compare = `${update} AND ${replacement.same}`;
      return (await change(db, compare, ...params, ...replacement.values(seen))) > 0;
    },
    async remove(id, at) {
      const key = text.write(id);
      const { stands } = await db.commit(
        required("DELETE FROM client WHERE id = ?", key),
        // By grant, since every lineage has one and no index of lineages by client is kept for so rare a verb.
        ...endThose("grant_id IN (SELECT id FROM access_grant WHERE client_id = ?)", {
          reason: "client.removed",
          at,
          params: [key],
        }),
        statement("DELETE FROM access_grant WHERE client_id = ?", key),
        statement(
          `INSERT INTO removed_client (id, removed_at) VALUES (?, ?)
           ON CONFLICT (id) DO UPDATE SET removed_at = excluded.removed_at`,
          key,
          at,
        ),
      );
      return stands;
    },
  };
}
