import type { InteractionStore } from "../../ports/store.ts";
import type { Interaction } from "../../records/interaction.ts";
import { digest, integer, nullable, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database } from "./database.ts";

const interaction = columns<Interaction>({
  id: text,
  browserHash: digest,
  query: text,
  clientId: text,
  signedInAt: nullable(integer),
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
      await change(db, "UPDATE interaction SET signed_in_at = ? WHERE id = ?", at, text.write(id));
    },
    async finish(id) {
      return (await change(db, "DELETE FROM interaction WHERE id = ?", text.write(id))) > 0;
    },
  };
}
