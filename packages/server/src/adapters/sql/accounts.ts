import type { AccountStore } from "../../ports/store.ts";
import type { Account } from "../../records/account.ts";
import { flag, integer, json, nullable, optional, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, required, type Statement, statement } from "./database.ts";
import { endThose } from "./lineage-ends.ts";

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

export function insertAccount(given: Account): Statement {
  return required(
    `INSERT INTO account (${account.names}) VALUES (${account.marks}) ON CONFLICT DO NOTHING`,
    ...account.values(given),
  );
}

export function accounts(db: Database): AccountStore {
  const select = `SELECT ${account.names} FROM account`;
  const byId = `${select} WHERE id = ?`;
  return {
    async add(given) {
      return (await db.commit(insertAccount(given))).stands;
    },
    async find(id) {
      return one(await db.readOne(byId, text.write(id)), account);
    },
    async findByEmail(email) {
      return one(await db.readOne(`${select} WHERE email = ?`, text.write(email)), account);
    },
    async list() {
      return (await db.read(`${select} ORDER BY created_at, number`)).map(account.read);
    },
    async setPassword(id, passwordHash) {
      const { stands } = await db.commit(
        required(
          "UPDATE account SET password_hash = ? WHERE id = ?",
          text.write(passwordHash),
          text.write(id),
        ),
        statement("DELETE FROM session WHERE account_id = ?", text.write(id)),
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
              statement("DELETE FROM session WHERE account_id = ?", key),
              ...endThose("account_id = ?", { reason: "account.disabled", at, params: [key] }),
            ]),
      );
      return stands;
    },
  };
}
