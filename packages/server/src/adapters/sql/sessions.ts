import type { SessionStore } from "../../ports/store.ts";
import type { Session } from "../../records/session.ts";
import { digest, integer, json, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, type Statement, statement } from "./database.ts";
import { endThose } from "./lineage-ends.ts";

const session = columns<Session>({
  idHash: digest,
  sid: text,
  accountId: text,
  authenticatedAt: integer,
  amr: json(),
  userAgent: text,
  address: text,
  lastUsedAt: integer,
  createdAt: integer,
  expiresAt: integer,
});

/** All of the account but the one whose `idHash` is kept. */
export function endSessions(accountId: string, keep: string | null): Statement {
  const all = "DELETE FROM session WHERE account_id = ?";
  const key = text.write(accountId);
  if (keep === null) return statement(all, key);
  return statement(`${all} AND id_hash <> ?`, key, digest.write(keep));
}

export function sessions(db: Database): SessionStore {
  const byHash = `SELECT ${session.names} FROM session WHERE id_hash = ?`;
  return {
    async begin(given) {
      const insert = `INSERT INTO session (${session.names}) VALUES (${session.marks})`;
      await change(db, insert, ...session.values(given));
    },
    async find(idHash) {
      return one(await db.readOne(byHash, digest.write(idHash)), session);
    },
    async end(idHash) {
      await change(db, "DELETE FROM session WHERE id_hash = ?", digest.write(idHash));
    },
    async signOut(idHash, sid, clientId, at) {
      await db.commit(
        statement("DELETE FROM session WHERE id_hash = ?", digest.write(idHash)),
        ...(clientId === null
          ? []
          : endThose("sid = ? AND client_id = ? AND offline = 0", {
              reason: "signed-out",
              at,
              params: [text.write(sid), text.write(clientId)],
            })),
      );
    },
    async listOf(accountId) {
      const ordered = `SELECT ${session.names} FROM session WHERE account_id = ?
        ORDER BY last_used_at DESC, created_at DESC, sid`;
      return (await db.read(ordered, text.write(accountId))).map(session.read);
    },
    async endOf(accountId, sid) {
      const remove = "DELETE FROM session WHERE account_id = ? AND sid = ?";
      return (await change(db, remove, text.write(accountId), text.write(sid))) > 0;
    },
    async endOthers(accountId, keep) {
      const { results } = await db.commit(endSessions(accountId, keep));
      return results[0]?.changes ?? 0;
    },
    async used(idHash, at) {
      const update = "UPDATE session SET last_used_at = ? WHERE id_hash = ? AND last_used_at < ?";
      await change(db, update, integer.write(at), digest.write(idHash), at);
    },
  };
}
