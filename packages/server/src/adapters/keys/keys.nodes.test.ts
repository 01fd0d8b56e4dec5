import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { sqliteStore } from "../sqlite/store.ts";
import { openKeys } from "./keys.ts";
import { KeyRing, newRingKey } from "./ring.ts";
import { loadRing } from "./ring-file.ts";
import { requireSameRing } from "./same-ring.ts";

const day = 86_400;
const rotation = { every: 90 * day, publishAhead: day, keepAfter: 2 * day };

describe("keys in a real store", async () => {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-keys-"));
  const stores = await Promise.all([1, 2, 3].map(() => sqliteStore(join(folder, "a.sqlite"))));
  after(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await rm(folder, { recursive: true });
  });
  const time = { now: 1000 };
  const clock = { now: () => time.now };

  it("are one set for nodes that start at once, through the first start and a rotation", async () => {
    const nodes = await Promise.all(
      stores.map(async (store) => {
        const ring = await loadRing({ file: join(folder, "keys"), create: true });
        await requireSameRing(ring, store.settings);
        return openKeys({ ring, store, clock, rotation });
      }),
    );
    const agreed = async (count: number) => {
      const sets = await Promise.all(nodes.map((node) => node.jwks()));
      assert.equal(sets[0]?.keys.length, count);
      for (const set of sets) assert.deepEqual(set, sets[0]);
      const jwt = await nodes[0]?.sign("JWT", { count });
      for (const node of nodes) assert.deepEqual(await node.open("JWT", jwt ?? ""), { count });
    };
    await agreed(1);
    for (const [now, count] of [
      [1000 + 89 * day, 2],
      [1000 + 90 * day, 2],
      [1000 + 93 * day, 1],
    ] as const) {
      time.now = now;
      await Promise.all(nodes.map((node) => node.refresh()));
      await Promise.all(nodes.map((node) => node.refresh()));
      await agreed(count);
    }
  });

  it("refuse a node with another ring", async () => {
    const store = stores[0];
    assert.ok(store);
    await assert.rejects(
      requireSameRing(new KeyRing([newRingKey()]), store.settings),
      /not those of the store/,
    );
  });
});
