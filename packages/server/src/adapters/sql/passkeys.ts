import type { PasskeyStore } from "../../ports/store.ts";
import type { Passkey } from "../../records/passkey.ts";
import { flag, integer, json, nullable, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database } from "./database.ts";

const passkey = columns<Passkey>({
  id: text,
  accountId: text,
  publicKey: text,
  counter: integer,
  transports: json(),
  name: text,
  aaguid: text,
  isSynced: flag,
  createdAt: integer,
  lastUsedAt: nullable(integer),
});

export function passkeys(db: Database): PasskeyStore {
  const select = `SELECT ${passkey.names} FROM passkey`;
  return {
    async add(given) {
      const insert = `INSERT INTO passkey (${passkey.names}) VALUES (${passkey.marks}) ON CONFLICT DO NOTHING`;
      return (await change(db, insert, ...passkey.values(given))) > 0;
    },
    async find(id) {
      return one(await db.readOne(`${select} WHERE id = ?`, text.write(id)), passkey);
    },
    async listOf(accountId) {
      const ordered = `${select} WHERE account_id = ? ORDER BY created_at, id`;
      return (await db.read(ordered, text.write(accountId))).map(passkey.read);
    },
    async rename(id, accountId, name) {
      const update = "UPDATE passkey SET name = ? WHERE id = ? AND account_id = ?";
      return (await change(db, update, text.write(name), text.write(id), text.write(accountId))) > 0;
    },
    async used(id, seen, counter, at) {
      const update = "UPDATE passkey SET counter = ?, last_used_at = ? WHERE id = ? AND counter = ?";
      const params = [integer.write(counter), integer.write(at), text.write(id), integer.write(seen)];
      return (await change(db, update, ...params)) > 0;
    },
    async remove(id, accountId) {
      const remove = "DELETE FROM passkey WHERE id = ? AND account_id = ?";
      return (await change(db, remove, text.write(id), text.write(accountId))) > 0;
    },
  };
}
