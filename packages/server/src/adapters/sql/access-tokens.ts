import type { AccessTokenStore } from "../../ports/store.ts";
import { integer, text } from "./codec.ts";
import { change, type Database } from "./database.ts";

export function accessTokens(db: Database): AccessTokenStore {
  return {
    async revoke(jti, expiresAt, at) {
      const insert =
        "INSERT INTO revoked_token (jti, expires_at, revoked_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
      await change(db, insert, text.write(jti), integer.write(expiresAt), integer.write(at));
    },
    async isRevoked(jti) {
      const select = "SELECT jti FROM revoked_token WHERE jti = ?";
      return (await db.readOne(select, text.write(jti))) !== undefined;
    },
  };
}
