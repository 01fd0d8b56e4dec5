import type { InteractionStore } from "../../ports/store.ts";
import type { Interaction } from "../../records/interaction.ts";
import { digest, integer, json, nullable, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database } from "./database.ts";

const interaction = columns<Interaction>({
  id: text,
  browserHash: digest,
  query: text,
  clientId: text,
  signedInAt: nullable(integer),
  progress: json(),
  version: integer,
  createdAt: integer,
  expiresAt: integer,
});

export function interactions(db: Database): InteractionStore {
  return {
    async begin(given) {
      const insert = `INSERT INTO interaction (${interaction.names}) VALUES (${interaction.marks})`;
      await change(db, insert, ...interaction.values(given));
    },
    async find(id) {
      const select = `SELECT ${interaction.names} FROM interaction WHERE id = ?`;
      return one(await db.readOne(select, text.write(id)), interaction);
    },
    async signedIn(id, at) {
      const update =
        "UPDATE interaction SET signed_in_at = ?, progress = '{}', version = version + 1 WHERE id = ?";
      await change(db, update, at, text.write(id));
    },
    async advance(id, seen, progress) {
      const update =
        "UPDATE interaction SET progress = ?, version = version + 1 WHERE id = ? AND version = ?";
      const params = [json().write(progress), text.write(id), integer.write(seen)];
      return (await change(db, update, ...params)) > 0;
    },
    async finish(id) {
      return (await change(db, "DELETE FROM interaction WHERE id = ?", text.write(id))) > 0;
    },
  };
}
