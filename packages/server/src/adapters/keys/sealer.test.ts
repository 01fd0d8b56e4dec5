import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { memoryStores } from "./memory-stores.ts";
import { KeyRing, newRingKey } from "./ring.ts";
import { Sealer, sealingSecret } from "./sealer.ts";

const [key, other] = [newRingKey(), newRingKey()];
const about = Buffer.from("an issuer");
const plain = Buffer.from("claims");

describe("a sealer", () => {
  it("opens what any node with the ring and the database sealed, for the same purpose", async () => {
    const { settings } = memoryStores();
    const [one, two] = await Promise.all(
      [new KeyRing([key]), new KeyRing([other, key])].map(
        async (ring) => new Sealer(ring, await sealingSecret(settings)),
      ),
    );
    const sealed = one?.seal(key.id, "access-token", about, plain);
    assert.ok(sealed && two);
    assert.deepEqual(two.unseal(key.id, "access-token", about, sealed), plain);
    assert.equal(two.unseal(key.id, "another", about, sealed), undefined);
    assert.equal(two.unseal(other.id, "access-token", about, sealed), undefined);
  });

  it("opens nothing with the ring alone, and nothing with the database alone", async () => {
    const { settings } = memoryStores();
    const whole = new Sealer(new KeyRing([key]), await sealingSecret(settings));
    const sealed = whole.seal(key.id, "access-token", about, plain);
    assert.ok(sealed);
    const ringAlone = new Sealer(new KeyRing([key]), await sealingSecret(memoryStores().settings));
    assert.equal(ringAlone.unseal(key.id, "access-token", about, sealed), undefined);
    const forged = ringAlone.seal(key.id, "access-token", about, plain);
    assert.ok(forged);
    assert.equal(whole.unseal(key.id, "access-token", about, forged), undefined);
    const databaseAlone = new Sealer(new KeyRing([other]), await sealingSecret(settings));
    assert.equal(databaseAlone.unseal(key.id, "access-token", about, sealed), "key-unknown");
    assert.equal(databaseAlone.seal(key.id, "access-token", about, plain), undefined);
  });

  it("has one secret for fifty nodes that begin at once", async () => {
    const { settings } = memoryStores();
    const all = await Promise.all(Array.from({ length: 50 }, () => sealingSecret(settings)));
    assert.equal(new Set(all.map((one) => Buffer.from(one).toString("hex"))).size, 1);
    assert.equal(all[0]?.length, 32);
  });
});
