import type { AccountStore } from "../../ports/store.ts";
import type { Account } from "../../records/account.ts";
import { flag, integer, json, nullable, optional, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, required, type Statement, statement } from "./database.ts";
import { insertIdentity } from "./identities.ts";
import { endThose } from "./lineage-ends.ts";
import { endSessions } from "./sessions.ts";
import { takeWayIn } from "./ways-in.ts";

const account = columns<Account>({
  id: text,
  email: text,
  emailVerified: flag,
  name: text,
  passwordHash: nullable(text),
  roles: json(),
  locale: optional(text),
  createdAt: integer,
  disabledAt: nullable(integer),
});

/** Tables of what an account has, which goes with it. */
export const belongings = [
  "session",
  "passkey",
  "one_time_password",
  "recovery_code",
  "mailed_proof",
  "upstream_identity",
] as const;

export function insertAccount(given: Account): Statement {
  return required(
    `INSERT INTO account (${account.names}) VALUES (${account.marks}) ON CONFLICT DO NOTHING`,
    ...account.values(given),
  );
}

export function accounts(db: Database): AccountStore {
  const select = `SELECT ${account.names} FROM account`;
  const byId = `${select} WHERE id = ?`;
  const findByEmail = async (email: string) =>
    one(await db.readOne(`${select} WHERE email = ?`, text.write(email)), account);
  return {
    async add(given, identity) {
      const linked = identity === undefined ? [] : [insertIdentity(identity)];
      return (await db.commit(insertAccount(given), ...linked)).stands;
    },
    async find(id) {
      return one(await db.readOne(byId, text.write(id)), account);
    },
    findByEmail,
    async list() {
      return (await db.read(`${select} ORDER BY created_at, number`)).map(account.read);
    },
    async setPassword(id, passwordHash, kept = "none") {
      const { stands } = await db.commit(
        required(
          "UPDATE account SET password_hash = ? WHERE id = ?",
          nullable(text).write(passwordHash),
          text.write(id),
        ),
        ...(kept === "all" ? [] : [endSessions(id, kept === "none" ? null : kept.idHash)]),
        statement("DELETE FROM mailed_proof WHERE account_id = ?", text.write(id)),
      );
      return stands;
    },
    async setProfile(id, { name, locale }) {
      const update = "UPDATE account SET name = ?, locale = ? WHERE id = ?";
      const params = [text.write(name), locale === undefined ? null : text.write(locale), text.write(id)];
      return (await change(db, update, ...params)) > 0;
    },
    async setEmail(id, email, seen) {
      const [key, address] = [text.write(id), text.write(email)];
      try {
        const { stands } = await db.commit(
          required(
            `UPDATE account SET email = ?, email_verified = 1 WHERE id = ? AND email = ?
             AND NOT EXISTS (SELECT 1 FROM account WHERE email = ? AND id <> ?)`,
            ...[address, key, text.write(seen), address, key],
          ),
          statement("DELETE FROM mailed_proof WHERE account_id = ?", key),
        );
        return stands;
      } catch (error) {
        // Whoever came at the same time and was faster is found now, and so this one changed nothing.
        const holder = await findByEmail(email);
        if (holder && holder.id !== id) return false;
        throw error;
      }
    },
    async verifyEmail(id, email) {
      const update = "UPDATE account SET email_verified = 1 WHERE id = ? AND email = ?";
      return (await change(db, update, text.write(id), text.write(email))) > 0;
    },
    takeWayIn: (id, way, counted) => takeWayIn(db, id, way, counted),
    async remove(id, at) {
      const key = text.write(id);
      const { stands } = await db.commit(
        required("DELETE FROM account WHERE id = ?", key),
        ...belongings.map((table) => statement(`DELETE FROM ${table} WHERE account_id = ?`, key)),
        ...endThose("account_id = ?", { reason: "account.removed", at, params: [key] }),
        statement("DELETE FROM access_grant WHERE account_id = ?", key),
      );
      return stands;
    },
    async setRoles(id, roles, seen) {
      const update = "UPDATE account SET roles = ? WHERE id = ?";
      const params = [json().write(roles), text.write(id)];
      if (!seen) return (await change(db, update, ...params)) > 0;
      return (await change(db, `${update} AND roles = ?`, ...params, json().write(seen))) > 0;
    },
    async setDisabled(id, at) {
      const key = text.write(id);
      const { stands } = await db.commit(
        required("UPDATE account SET disabled_at = ? WHERE id = ?", at, key),
        ...(at === null
          ? []
          : [
              endSessions(id, null),
              ...endThose("account_id = ?", { reason: "account.disabled", at, params: [key] }),
            ]),
      );
      return stands;
    },
  };
}
