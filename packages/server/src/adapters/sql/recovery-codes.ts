import type { RecoveryCodeStore } from "../../ports/store.ts";
import { digest, integer, text } from "./codec.ts";
import { change, type Database, required, statement } from "./database.ts";

export function recoveryCodes(db: Database): RecoveryCodeStore {
  return {
    async replace(accountId, codeHashes) {
      const key = text.write(accountId);
      const insert = "INSERT INTO recovery_code (account_id, code_hash) VALUES (?, ?) ON CONFLICT DO NOTHING";
      await db.commit(
        // Locks the account's row: of two replacements at once the second sees, and removes, what the first put there.
        required("UPDATE account SET id = id WHERE id = ?", key),
        statement("DELETE FROM recovery_code WHERE account_id = ?", key),
        ...codeHashes.map((hash) => statement(insert, key, digest.write(hash))),
      );
    },
    async left(accountId) {
      const select = "SELECT count(*) AS found FROM recovery_code WHERE account_id = ?";
      return integer.read((await db.readOne(select, text.write(accountId)))?.[0]);
    },
    async spend(accountId, codeHash) {
      const remove = "DELETE FROM recovery_code WHERE account_id = ? AND code_hash = ?";
      return (await change(db, remove, text.write(accountId), digest.write(codeHash))) > 0;
    },
  };
}
