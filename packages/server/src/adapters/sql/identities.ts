import type { IdentityStore } from "../../ports/store.ts";
import type { UpstreamIdentity } from "../../records/upstream-identity.ts";
import { integer, nullable, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, required, type Statement } from "./database.ts";

/** The subject stands first: writes that begin alike wait for each other, and an upstream has many subjects. */
const identity = columns<UpstreamIdentity>({
  subject: text,
  upstream: text,
  accountId: text,
  email: nullable(text),
  createdAt: integer,
  lastUsedAt: nullable(integer),
});

export function insertIdentity(given: UpstreamIdentity): Statement {
  return required(
    `INSERT INTO upstream_identity (${identity.names}) VALUES (${identity.marks}) ON CONFLICT DO NOTHING`,
    ...identity.values(given),
  );
}

export function identities(db: Database): IdentityStore {
  const select = `SELECT ${identity.names} FROM upstream_identity`;
  const itself = "WHERE subject = ? AND upstream = ?";
  const key = (upstream: string, subject: string) => [text.write(subject), text.write(upstream)];
  return {
    async add(given) {
      return (await db.commit(insertIdentity(given))).stands;
    },
    async find(upstream, subject) {
      return one(await db.readOne(`${select} ${itself}`, ...key(upstream, subject)), identity);
    },
    async listOf(accountId) {
      const ordered = `${select} WHERE account_id = ? ORDER BY created_at, upstream, subject`;
      return (await db.read(ordered, text.write(accountId))).map(identity.read);
    },
    async used(upstream, subject, email, at) {
      const update = `UPDATE upstream_identity SET email = ?, last_used_at = ? ${itself}`;
      await change(db, update, nullable(text).write(email), integer.write(at), ...key(upstream, subject));
    },
    async remove(upstream, subject, accountId) {
      const remove = `DELETE FROM upstream_identity ${itself} AND account_id = ?`;
      return (await change(db, remove, ...key(upstream, subject), text.write(accountId))) > 0;
    },
  };
}
