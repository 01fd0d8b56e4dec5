import type { ResourceStore } from "../../ports/store.ts";
import type { Resource, TokenFormat } from "../../records/resource.ts";
import { integer, json, nullable, optional, text, word } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database } from "./database.ts";

const resource = columns<Resource>({
  identifier: text,
  name: text,
  scopes: json(),
  defaultScopes: json(),
  accessTokenLifetime: nullable(integer),
  signingAlgorithm: word(),
  tokenFormat: optional(word<TokenFormat>()),
  createdAt: integer,
});

export function resources(db: Database): ResourceStore {
  const select = `SELECT ${resource.names} FROM resource`;
  return {
    async add(given) {
      const insert = `INSERT INTO resource (${resource.names}) VALUES (${resource.marks}) ON CONFLICT DO NOTHING`;
      return (await change(db, insert, ...resource.values(given))) > 0;
    },
    async find(identifier) {
      return one(await db.readOne(`${select} WHERE identifier = ?`, text.write(identifier)), resource);
    },
    async list() {
      return (await db.read(`${select} ORDER BY created_at, number`)).map(resource.read);
    },
    async replace(given, seen) {
      const update = `UPDATE resource SET ${resource.assignments} WHERE identifier = ?`;
      const params = [...resource.values(given), text.write(given.identifier)];
      if (!seen) return (await change(db, update, ...params)) > 0;
      return (await change(db, `${update} AND ${resource.same}`, ...params, ...resource.values(seen))) > 0;
    },
    async remove(identifier) {
      return (await change(db, "DELETE FROM resource WHERE identifier = ?", text.write(identifier))) > 0;
    },
  };
}
