import { hash } from "./floor-crypto.ts";
import type { FloorStore } from "./floor-store.ts";
import { world } from "./world.ts";

/** What the honest floor does beside the bare one's work. */
export interface Extras {
  /** Counts the caller. @throws when there were too many */
  limit(key: string, now: number): void;
  /** The hash that the client's secret is held against. */
  secretHash(clientId: string): Buffer;
  record(what: string, address: string, now: number): void;
}

const secretHash = hash(world.clientSecret);

export const none: Extras = { limit: () => undefined, secretHash: () => secretHash, record: () => undefined };

const batch = 200;
const delay = 200;

/**
 * The client read from the store on each request, a limiter, and one audit record. The record is as durable as one of
 * Valetkey's journal: in the database within 200 ms, in batches, and the answer does not wait for it.
 */
export function honest(store: FloorStore): Extras {
  const client = store.db.prepare("SELECT body FROM client WHERE id = ?");
  const insert = store.db.prepare("INSERT INTO event (body) SELECT value FROM json_each(?)");
  const counts = new Map<string, { window: number; count: number }>();
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting;
    waiting = [];
    void store.write(insert, JSON.stringify(events));
  }

  return {
    limit(key, now) {
      const window = Math.floor(now / 60);
      const held = counts.get(key);
      if (held?.window !== window) counts.set(key, { window, count: 1 });
      else if (++held.count > 1_000_000_000) throw new Error("Too many requests.");
    },
    secretHash(clientId) {
      const row = client.get(clientId);
      if (!row) throw new Error("There is no such client.");
      return Buffer.from((JSON.parse(String(row.body)) as { secretHash: string }).secretHash, "hex");
    },
    record(what, address, now) {
      waiting.push(JSON.stringify({ at: now, what, clientId: world.clientId, address }));
      if (waiting.length >= batch) flush();
      else timer ??= setTimeout(flush, delay);
    },
  };
}
