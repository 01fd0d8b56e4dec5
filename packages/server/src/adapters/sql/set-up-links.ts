import type { SetUpLinkStore } from "../../ports/store.ts";
import type { SetUpLink } from "../../records/set-up-link.ts";
import { insertAccount } from "./accounts.ts";
import { digest, integer } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, required, statement } from "./database.ts";

const link = columns<SetUpLink>({ hash: digest, createdAt: integer, expiresAt: integer });

export function setUpLinks(db: Database): SetUpLinkStore {
  return {
    async put(given) {
      await change(
        db,
        `INSERT INTO set_up_link (${link.names}) VALUES (${link.marks})`,
        ...link.values(given),
      );
    },
    async find(hash) {
      const select = `SELECT ${link.names} FROM set_up_link WHERE hash = ?`;
      return one(await db.readOne(select, digest.write(hash)), link);
    },
    async redeem(hash, account, at) {
      const { stands, results } = await db.commit(
        required(
          "DELETE FROM set_up_link WHERE hash = ? AND expires_at > ?",
          digest.write(hash),
          integer.write(at),
        ),
        insertAccount(account),
        // Other nodes and earlier starts printed links too: the first administrator is made once.
        statement("DELETE FROM set_up_link"),
      );
      if (stands) return "fresh";
      return results.length === 1 ? "spent" : "taken";
    },
  };
}
