import type { SigningKeyStore } from "../../ports/store.ts";
import type { SigningKey } from "../../records/signing-key.ts";
import { integer, json, nullable, text, word } from "./codec.ts";
import { columns } from "./columns.ts";
import { change, type Database } from "./database.ts";

const key = columns<SigningKey>({
  kid: text,
  algorithm: word(),
  publicJwk: json(),
  sealedPrivateKey: text,
  sealedBy: text,
  createdAt: integer,
  activeFrom: integer,
  retiredAt: nullable(integer),
  removeAt: nullable(integer),
});

export function signingKeys(db: Database): SigningKeyStore {
  return {
    async list() {
      return (await db.read(`SELECT ${key.names} FROM signing_key ORDER BY ordinal`)).map(key.read);
    },
    async add(given, seen) {
      // Keys are never deleted, so their count is the ordinal of the last: two nodes that saw the same want the same one.
      const insert = `INSERT INTO signing_key (ordinal, ${key.names}) VALUES (?, ${key.marks}) ON CONFLICT DO NOTHING`;
      return (await change(db, insert, integer.write(seen + 1), ...key.values(given))) > 0;
    },
    async retire(kid, at, removeAt) {
      const update = "UPDATE signing_key SET retired_at = ?, remove_at = ? WHERE kid = ?";
      await change(db, update, integer.write(at), integer.write(removeAt), text.write(kid));
    },
  };
}
