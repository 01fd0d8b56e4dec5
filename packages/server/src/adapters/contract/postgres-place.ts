import pg from "pg";
import { freshDatabase } from "../../testing/postgres.ts";
import { postgresStore } from "../postgres/store.ts";
import type { SqlStore } from "../sql/store.ts";
import type { Place } from "./place.ts";

/** A database of its own on the test cluster. */
export async function postgresPlace(): Promise<Place & { readonly url: string }> {
  const { url, drop } = await freshDatabase();
  const opened: SqlStore[] = [];
  return {
    url,
    async open() {
      const store = await postgresStore(url, { connections: 4 });
      opened.push(store);
      return store;
    },
    async execute(sql) {
      const client = new pg.Client(url);
      await client.connect();
      try {
        await client.query(sql);
      } finally {
        await client.end();
      }
    },
    async remove() {
      await Promise.all(opened.map((store) => store.close()));
      await drop();
    },
  };
}
