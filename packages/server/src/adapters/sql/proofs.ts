import { hash } from "node:crypto";
import type { ProofStore } from "../../ports/store.ts";
import { integer } from "./codec.ts";
import { change, type Database } from "./database.ts";

export function proofs(db: Database): ProofStore {
  return {
    async spend(jkt, jti, expiresAt) {
      // The client chooses the jti and its characters; JSON keeps ("a", "bc") apart from ("ab", "c").
      const key = hash("sha256", JSON.stringify([jkt, jti]), "buffer");
      const insert = "INSERT INTO dpop_proof (id_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
      return (await change(db, insert, key, integer.write(expiresAt))) > 0 ? "fresh" : "replayed";
    },
  };
}
