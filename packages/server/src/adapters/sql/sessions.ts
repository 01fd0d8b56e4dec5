import type { SessionStore } from "../../ports/store.ts";
import type { Session } from "../../records/session.ts";
import { digest, integer, json, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, statement } from "./database.ts";
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
  };
}
