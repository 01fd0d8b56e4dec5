import type { LineageStore } from "../../ports/store.ts";
import type { Lineage, Rotation } from "../../records/lineage.ts";
import { digest, flag, integer, json, nullable, optional, text, word } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, following, type Statement } from "./database.ts";
import { idBlocks } from "./id-blocks.ts";
import { isOffline } from "./offline.ts";

const rotated = {
  generation: integer,
  keyId: text,
  previousKeyId: nullable(text),
  rotatedAt: integer,
  superseded: json<Lineage["superseded"]>(),
  lateAnswers: json<Lineage["lateAnswers"]>(),
  lastUsedAt: integer,
  idleExpiresAt: integer,
};

const rotation = columns<Rotation>(rotated);

const lineage = columns<Lineage>({
  ...rotated,
  id: integer,
  codeHash: digest,
  clientId: text,
  accountId: text,
  grantId: integer,
  permissions: json(),
  refreshable: flag,
  secret: text,
  jkt: optional(text),
  nonce: nullable(text),
  sid: text,
  authenticatedAt: integer,
  amr: json(),
  userAgent: text,
  createdAt: integer,
  absoluteExpiresAt: integer,
  endedAt: nullable(integer),
  endReason: nullable(word()),
});

export function insertLineage(given: Lineage): Statement {
  return following(
    `INSERT INTO lineage (${lineage.names}, offline) SELECT ${lineage.marks}, ?`,
    ...lineage.values(given),
    flag.write(isOffline(given.permissions)),
  );
}

export function lineages(db: Database): LineageStore {
  const select = `SELECT ${lineage.names} FROM lineage`;
  const byId = `${select} WHERE id = ?`;
  const unmoved = "id = ? AND generation = ? AND late_answers = ? AND ended_at IS NULL";
  const rotate = `UPDATE lineage SET ${rotation.assignments} WHERE ${unmoved}`;
  const end = "UPDATE lineage SET ended_at = ?, end_reason = ?";
  return {
    nextId: idBlocks(db, "lineage"),
    async find(id) {
      return one(await db.readOne(byId, id), lineage);
    },
    async listOf(grantId) {
      return (await db.read(`${select} WHERE grant_id = ? ORDER BY id`, grantId)).map(lineage.read);
    },
    async rotate({ id, generation, lateAnswers }, given) {
      // The condition stands in the statement, so the database decides the race. A late answer leaves the generation as it
      // was, so that the generation alone would let two of them count as one.
      const moved = await change(
        db,
        rotate,
        ...rotation.values(given),
        id,
        generation,
        rotated.lateAnswers.write(lateAnswers),
      );
      return moved > 0;
    },
    async end(id, reason, at) {
      return (await change(db, `${end} WHERE id = ? AND ended_at IS NULL`, at, reason, id)) > 0;
    },
    async endOfCode(codeHash, reason, at) {
      const where = "WHERE code_hash = ? AND ended_at IS NULL";
      return await change(db, `${end} ${where}`, at, reason, digest.write(codeHash));
    },
    async liveKeyIds(now) {
      const live = "FROM lineage WHERE refreshable = 1 AND ended_at IS NULL AND idle_expires_at > ?";
      const named = `SELECT key_id ${live} UNION SELECT previous_key_id ${live} AND previous_key_id IS NOT NULL`;
      return (await db.read(named, now, now)).map((row) => text.read(row.key_id)).sort();
    },
  };
}
