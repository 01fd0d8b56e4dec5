import type { OneTimePasswordStore } from "../../ports/store.ts";
import type { OneTimePassword } from "../../records/one-time-password.ts";
import { integer, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, required, statement } from "./database.ts";

const secret = columns<OneTimePassword>({
  accountId: text,
  sealedSecret: text,
  keyId: text,
  lastStep: integer,
  createdAt: integer,
});

export function oneTimePasswords(db: Database): OneTimePasswordStore {
  return {
    async find(accountId) {
      const select = `SELECT ${secret.names} FROM one_time_password WHERE account_id = ?`;
      return one(await db.readOne(select, text.write(accountId)), secret);
    },
    async add(given) {
      const insert = `INSERT INTO one_time_password (${secret.names}) VALUES (${secret.marks}) ON CONFLICT DO NOTHING`;
      return (await change(db, insert, ...secret.values(given))) > 0;
    },
    async use(accountId, step) {
      const update = "UPDATE one_time_password SET last_step = ? WHERE account_id = ? AND last_step < ?";
      const at = integer.write(step);
      return (await change(db, update, at, text.write(accountId), at)) > 0;
    },
    async remove(accountId, withCodes) {
      const key = text.write(accountId);
      const { stands } = await db.commit(
        required("DELETE FROM one_time_password WHERE account_id = ?", key),
        ...(withCodes ? [statement("DELETE FROM recovery_code WHERE account_id = ?", key)] : []),
      );
      return stands;
    },
  };
}
