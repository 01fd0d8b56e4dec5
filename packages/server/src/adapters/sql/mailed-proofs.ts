import type { MailedProofStore } from "../../ports/store.ts";
import type { MailedProof } from "../../records/mailed-proof.ts";
import { insertAccount } from "./accounts.ts";
import { digest, integer, json, nullable, text, word } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, required, type Statement, statement } from "./database.ts";

const proof = columns<MailedProof>({
  id: text,
  purpose: word(),
  email: text,
  accountId: nullable(text),
  interactionId: nullable(text),
  linkHash: nullable(digest),
  codeMac: nullable(text),
  guessesLeft: integer,
  details: json(),
  createdAt: integer,
  expiresAt: integer,
});

export function mailedProofs(db: Database): MailedProofStore {
  const select = `SELECT ${proof.names} FROM mailed_proof`;
  const remove = "DELETE FROM mailed_proof WHERE id = ?";
  return {
    async put(given) {
      await db.commit(
        removeEarlier(given),
        // Another that came at the same time may stand by now: then this is the earlier one, whose place that took.
        statement(
          `INSERT INTO mailed_proof (${proof.names}) VALUES (${proof.marks}) ON CONFLICT DO NOTHING`,
          ...proof.values(given),
        ),
      );
    },
    async findByLink(linkHash) {
      return one(await db.readOne(`${select} WHERE link_hash = ?`, digest.write(linkHash)), proof);
    },
    async findFor(interactionId, purpose) {
      const ofInteraction = `${select} WHERE interaction_id = ? AND purpose = ?`;
      return one(await db.readOne(ofInteraction, text.write(interactionId), purpose), proof);
    },
    async guess(id) {
      const update =
        "UPDATE mailed_proof SET guesses_left = guesses_left - 1 WHERE id = ? AND guesses_left > 0";
      return (await change(db, update, text.write(id))) > 0;
    },
    async spend(id) {
      return (await change(db, remove, text.write(id))) > 0;
    },
    async redeem(id, account) {
      const { stands, results } = await db.commit(required(remove, text.write(id)), insertAccount(account));
      if (stands) return "fresh";
      return results.length === 1 ? "spent" : "taken";
    },
  };
}

/** The same three pairs are unique indexes, so that no race leaves two. */
function removeEarlier({ purpose, email, accountId, interactionId }: MailedProof): Statement {
  const remove = (where: string, key: string) =>
    statement(`DELETE FROM mailed_proof WHERE ${where} AND purpose = ?`, text.write(key), purpose);
  if (interactionId !== null) return remove("interaction_id = ?", interactionId);
  if (accountId !== null) return remove("interaction_id IS NULL AND account_id = ?", accountId);
  return remove("account_id IS NULL AND interaction_id IS NULL AND email = ?", email);
}
