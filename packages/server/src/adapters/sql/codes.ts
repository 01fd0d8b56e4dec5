import type { CodeStore } from "../../ports/store.ts";
import type { AuthorizationCode } from "../../records/authorization-code.ts";
import { digest, flag, integer, json, nullable, optional, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { type Database, following, required, statement } from "./database.ts";
import { insertLineage } from "./lineages.ts";
import { isOffline } from "./offline.ts";

const code = columns<AuthorizationCode>({
  codeHash: digest,
  clientId: text,
  accountId: text,
  grantId: integer,
  redirectUri: text,
  codeChallenge: text,
  permissions: json(),
  accessEndsAt: optional(integer),
  jkt: optional(text),
  nonce: nullable(text),
  sid: text,
  authenticatedAt: integer,
  amr: json(),
  createdAt: integer,
  expiresAt: integer,
  spentAt: nullable(integer),
});

const hour = 3_600;

export function codes(db: Database): CodeStore {
  const byHash = `SELECT ${code.names} FROM code WHERE code_hash = ?`;
  return {
    async save(given) {
      await db.commit(
        statement(
          `INSERT INTO code (${code.names}, offline) VALUES (${code.marks}, ?)`,
          ...code.values(given),
          flag.write(isOffline(given.permissions)),
        ),
        // Once an hour is enough to tell a client that is used, and keeps a client of many from being one hot row.
        following(
          `UPDATE client SET last_authorized_at = ?
           WHERE id = ? AND (last_authorized_at IS NULL OR last_authorized_at <= ?)`,
          integer.write(given.createdAt),
          text.write(given.clientId),
          integer.write(given.createdAt - hour),
        ),
      );
    },
    async find(codeHash) {
      return one(await db.readOne(byHash, digest.write(codeHash)), code);
    },
    async redeem(codeHash, lineage, at) {
      const { stands } = await db.commit(
        // The condition stands in the statement, so the database decides the race. Who loses it waits for the winner's
        // commit and so finds the winner's lineage afterwards: OAuth 2.1 §4.1.3.
        required(
          "UPDATE code SET spent_at = ? WHERE code_hash = ? AND spent_at IS NULL",
          integer.write(at),
          digest.write(codeHash),
        ),
        insertLineage(lineage),
      );
      return stands ? "fresh" : "replayed";
    },
  };
}
