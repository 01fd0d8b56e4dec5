import { createHash } from "node:crypto";
import type { ClientDocumentStore } from "../../ports/store.ts";
import type { ClientDocument } from "../../records/client-document.ts";
import { integer, json, nullable, text } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database } from "./database.ts";

const document = columns<ClientDocument>({
  url: text,
  client: json(),
  etag: nullable(text),
  firstSeenAt: integer,
  fetchedAt: integer,
  freshUntil: integer,
});

/** A stranger chooses the URL: its hash keeps the key short, whatever its length. */
function keyOf(url: string): Uint8Array {
  return createHash("sha256")
    .update(text.write(url) as string)
    .digest();
}

export function documents(db: Database): ClientDocumentStore {
  const byUrl = `SELECT ${document.names} FROM client_document WHERE url_hash = ?`;
  return {
    async put(given) {
      await change(
        db,
        `INSERT INTO client_document (url_hash, ${document.names}) VALUES (?, ${document.marks})
         ON CONFLICT (url_hash) DO UPDATE SET client = excluded.client, etag = excluded.etag,
           fetched_at = excluded.fetched_at, fresh_until = excluded.fresh_until`,
        keyOf(given.url),
        ...document.values(given),
      );
    },
    async find(url) {
      return one(await db.readOne(byUrl, keyOf(url)), document);
    },
  };
}
