import { createHash } from "node:crypto";
import type { AssertionStore } from "../../ports/store.ts";
import { integer } from "./codec.ts";
import { change, type Database } from "./database.ts";

export function assertions(db: Database): AssertionStore {
  return {
    async spend(clientId, jti, expiresAt) {
      // The client chooses the jti and its length; JSON keeps ("a", "bc") apart from ("ab", "c").
      const key = createHash("sha256")
        .update(JSON.stringify([clientId, jti]))
        .digest();
      const insert = "INSERT INTO assertion (id_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
      return (await change(db, insert, key, integer.write(expiresAt))) > 0 ? "fresh" : "replayed";
    },
  };
}
