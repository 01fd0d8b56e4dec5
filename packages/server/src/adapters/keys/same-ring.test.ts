import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { memoryStores } from "./memory-stores.ts";
import { KeyRing, newRingKey } from "./ring.ts";
import { requireSameRing } from "./same-ring.ts";

const [a, b, c, d] = [newRingKey(), newRingKey(), newRingKey(), newRingKey()] as const;

describe("the ring of a store", () => {
  it("is that of the node that came first, and lets that node start again", async () => {
    const { settings } = memoryStores();
    await requireSameRing(new KeyRing([a]), settings);
    await requireSameRing(new KeyRing([a]), settings);
    assert.equal(settings.rows.get("key-first"), a.id);
    assert.ok(settings.rows.has(`key-check:${a.id}`));
  });

  it("refuses a node with other keys, naming both by id, and remembers nothing of it", async () => {
    const { settings } = memoryStores();
    await requireSameRing(new KeyRing([a]), settings);
    const before = [...settings.rows];
    await assert.rejects(requireSameRing(new KeyRing([b, c]), settings), (error: Error) => {
      assert.equal(error.name, "KeyRingError");
      assert.ok(
        error.message.includes(`(${b.id}, ${c.id}) are not those of the store (${a.id})`),
        error.message,
      );
      return true;
    });
    assert.deepEqual([...settings.rows], before);
  });

  it("takes a new key beside one that it knows, and lets the old one go after that", async () => {
    const { settings } = memoryStores();
    await requireSameRing(new KeyRing([a]), settings);
    await requireSameRing(new KeyRing([a, b]), settings);
    await requireSameRing(new KeyRing([b]), settings);
    await requireSameRing(new KeyRing([c, b]), settings);
    await requireSameRing(new KeyRing([c]), settings);
    await assert.rejects(requireSameRing(new KeyRing([d]), settings), /are not those of the store/);
  });

  it("refuses a key whose id is known with another secret", async () => {
    const { settings } = memoryStores();
    await requireSameRing(new KeyRing([a]), settings);
    const impostor = new KeyRing([{ id: a.id, secret: b.secret }]);
    await assert.rejects(requireSameRing(impostor, settings), /has another secret/);
  });

  it("lets one of two rings have an empty store when both come at once", async () => {
    const { settings } = memoryStores();
    const both = await Promise.allSettled([
      requireSameRing(new KeyRing([a]), settings),
      requireSameRing(new KeyRing([b]), settings),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  });

  it("remembers the keys of all nodes that add theirs at once", async () => {
    const { settings } = memoryStores();
    await requireSameRing(new KeyRing([a]), settings);
    await Promise.all([b, c, d].map((key) => requireSameRing(new KeyRing([key, a]), settings)));
    for (const key of [b, c, d]) await requireSameRing(new KeyRing([key]), settings);
  });

  it("refuses a list of keys that runs in a circle instead of following it for ever", async () => {
    const { settings } = memoryStores();
    await settings.claim("key-first", a.id);
    await settings.claim(`key-after:${a.id}`, a.id);
    await assert.rejects(requireSameRing(new KeyRing([a, b]), settings), /runs in a circle/);
  });
});
