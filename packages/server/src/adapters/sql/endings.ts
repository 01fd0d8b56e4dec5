import type { EndingStore } from "../../ports/store.ts";
import type { EndingKind } from "../../records/ending.ts";
import { type Codec, integer, text } from "./codec.ts";
import type { Database } from "./database.ts";

const number: Codec<string> = {
  write: (id) => integer.write(Number(id)),
  read: (id) => String(integer.read(id)),
};

const places: Readonly<Record<EndingKind, Place>> = {
  lineage: { table: "lineage", id: "id", at: "ended_at", codec: number },
  token: { table: "revoked_token", id: "jti", at: "revoked_at", codec: text },
  "disabled-client": { table: "client", id: "id", at: "disabled_at", codec: text },
  "removed-client": { table: "removed_client", id: "id", at: "removed_at", codec: text },
};

interface Place {
  readonly table: string;
  readonly id: string;
  readonly at: string;
  readonly codec: Codec<string>;
}

export function endings(db: Database): EndingStore {
  return {
    async page(kind, from, limit) {
      const { table, id, at, codec } = places[kind];
      // The index is partial: both databases take it only where its own condition stands in the query.
      const rows = await db.read(
        `SELECT ${id} AS id, ${at} AS at FROM ${table}
         WHERE ${at} IS NOT NULL AND (${at}, ${id}) > (?, ?) ORDER BY ${at}, ${id} LIMIT ?`,
        integer.write(from.at),
        codec.write(from.id),
        integer.write(limit),
      );
      return rows.map((row) => ({ kind, id: codec.read(row.id), at: integer.read(row.at) }));
    },
  };
}
