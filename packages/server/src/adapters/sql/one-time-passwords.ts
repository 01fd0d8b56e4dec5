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
    async use(accountId, step, resealed) {
      const at = integer.write(step);
      const itself = [text.write(accountId), at];
      const where = "WHERE account_id = ? AND last_step < ?";
      const update = "UPDATE one_time_password SET last_step = ?";
      if (!resealed) return (await change(db, `${update} ${where}`, at, ...itself)) > 0;
      const seal = [text.write(resealed.sealedSecret), text.write(resealed.keyId)];
      const both = `${update}, sealed_secret = ?, key_id = ? ${where}`;
      return (await change(db, both, at, ...seal, ...itself)) > 0;
    },
    async remove(accountId, withCodes) {
      const key = text.write(accountId);
      const { stands } = await db.commit(
        required("DELETE FROM one_time_password WHERE account_id = ?", key),
        ...(withCodes ? [statement("DELETE FROM recovery_code WHERE account_id = ?", key)] : []),
      );
      return stands;
    },
    async keyIds() {
      const rows = await db.read("SELECT DISTINCT key_id FROM one_time_password");
      return rows.map((row) => text.read(row.key_id)).sort();
    },
  };
}
