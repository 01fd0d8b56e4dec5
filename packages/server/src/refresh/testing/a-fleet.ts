import { sqlitePlace } from "../../adapters/contract/sqlite-place.ts";
import { KeyRing, newRingKey } from "../../adapters/keys/ring.ts";
import { aLookout } from "../../testing/a-program.ts";
import { type AServer, api, aServer } from "../../testing/a-server.ts";
import { anUnsureStore, type UnsureStore } from "./an-unsure-store.ts";

export type Lookout = Awaited<ReturnType<typeof aLookout>>;

/** Two nodes on one SQLite file, in the middle of a change of keys: each makes with its own and knows the other's. */
export interface Fleet {
  readonly nodes: readonly [AServer, AServer];
  readonly stores: readonly [UnsureStore, UnsureStore];
  readonly lookout: Lookout;
  /** The file as another process reaches it. */
  execute(sql: string): Promise<void>;
  close(): Promise<void>;
}

export async function aFleet(): Promise<Fleet> {
  const place = await sqlitePlace();
  const [one, two] = [newRingKey(), newRingKey()];
  const stores = [anUnsureStore(await place.open()), anUnsureStore(await place.open())] as const;
  const first = await aServer({ store: stores[0].store, ring: new KeyRing([one, two]) });
  const second = await aServer({ store: stores[1].store, ring: new KeyRing([two, one]) });
  return {
    nodes: [first, second],
    stores,
    lookout: await aLookout(first, api),
    execute: place.execute,
    close: place.remove,
  };
}
