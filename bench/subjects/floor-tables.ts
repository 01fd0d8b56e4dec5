import { randomBytes, timingSafeEqual } from "node:crypto";
import { hash } from "./floor-crypto.ts";
import type { FloorStore } from "./floor-store.ts";
import { challenge, world } from "./world.ts";

/** Codes and refresh tokens of the floor: the number of a row and a secret, so that no index is shuffled. */
export function floorTables(store: FloorStore) {
  const { db } = store;
  const secretHash = hash(world.clientSecret).toString("hex");
  const client = { id: world.clientId, name: "Bench", secretHash, redirectUris: [world.redirectUri] };
  db.prepare("INSERT INTO client VALUES (?, ?)").run(world.clientId, JSON.stringify(client));
  const person = { email: world.email, email_verified: true, name: world.name };
  db.prepare("INSERT INTO account VALUES (?, ?)").run(world.accountId, JSON.stringify(person));

  const addLineage = db.prepare("INSERT INTO lineage (hash) VALUES (?) RETURNING id");
  const move = db.prepare(
    "UPDATE lineage SET hash = ?, generation = generation + 1 WHERE id = ? AND hash = ? AND ended = 0 RETURNING id",
  );
  const end = db.prepare("UPDATE lineage SET ended = 1 WHERE id = ? AND hash = ? RETURNING id");
  const addCode = db.prepare("INSERT INTO code (hash) VALUES (?) RETURNING id");
  const spend = db.prepare("UPDATE code SET spent = 1 WHERE id = ? AND hash = ? AND spent = 0 RETURNING id");
  const account = db.prepare("SELECT body FROM account WHERE id = ?");

  async function newLineage(): Promise<string> {
    const secret = randomBytes(32);
    const row = await store.write(addLineage, hash(secret.toString("base64url")));
    return `${row?.id}.${secret.toString("base64url")}`;
  }

  return {
    newLineage,

    async newCode(): Promise<string> {
      const secret = randomBytes(32).toString("base64url");
      const row = await store.write(addCode, hash(secret));
      return `${row?.id}.${secret}`;
    },

    /** One conditional update: who finds the row moved gets nothing. */
    async rotate(token: string): Promise<string> {
      const { id, secretHash: before } = parts(token);
      const secret = randomBytes(32).toString("base64url");
      if (!(await store.write(move, hash(secret), id, before))) throw new Error("The token is not good.");
      return `${id}.${secret}`;
    },

    /** The code is spent and the lineage begun in one commit. */
    async redeem(code: string, verifier: string): Promise<string> {
      const given = hash(verifier);
      if (!timingSafeEqual(given, challengeHash)) throw new Error("The verifier does not fit.");
      const { id, secretHash: before } = parts(code);
      const [spent, token] = await Promise.all([store.write(spend, id, before), newLineage()]);
      if (!spent) throw new Error("The code is not good.");
      return token;
    },

    async end(token: string): Promise<void> {
      const { id, secretHash: before } = parts(token);
      if (!(await store.write(end, id, before))) throw new Error("The token is not good.");
    },

    account(id: string): object {
      return JSON.parse(String(account.get(id)?.body ?? "{}"));
    },
  };
}

const challengeHash = Buffer.from(challenge, "base64url");

function parts(token: string): { id: number; secretHash: Buffer } {
  const dot = token.indexOf(".");
  return { id: Number(token.slice(0, dot)), secretHash: hash(token.slice(dot + 1)) };
}
