import assert from "node:assert/strict";
import { describe } from "node:test";
import { KeyRing, KeyRingError, newRingKey } from "../adapters/keys/ring.ts";
import { requireKeysInUse, requireSameRing } from "../adapters/keys/same-ring.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { post, refresh } from "../testing/a-login.ts";
import { device, faces, lineageOf } from "../testing/a-program.ts";
import { aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const day = 86_400;

/** Nodes on one store, each with the keys that it was given, first the one that makes new proofs. */
async function nodesWith(...rings: readonly (readonly string[])[]) {
  const keys = new Map([...new Set(rings.flat())].map((name) => [name, newRingKey()]));
  const key = (name: string) => keys.get(name) ?? assert.fail(name);
  const store = await sqliteStore(":memory:");
  const ringOf = (...names: readonly string[]) => new KeyRing(names.map(key));
  const nodes = [];
  for (const names of rings) nodes.push(await aServer({ store, ring: ringOf(...names) }));
  const nameOf = (id: string | null) => [...keys].find(([, { id: known }]) => known === id)?.[0] ?? id;
  return { store, nodes, nameOf, ringOf };
}

describe("a change of the key of the proofs", () => {
  spec(["P-2", "P-4"], "node by node loses no token and gives one answer throughout", async () => {
    // First every node learns the new key, then each begins to make with it, then the old one goes.
    const { store, nodes, nameOf } = await nodesWith(["old"], ["old", "new"], ["new", "old"], ["new"]);
    const [before, learned, changed, done] = nodes;
    assert.ok(before && learned && changed && done);
    const client = await before.client();
    const first = await device(before, client);
    const second = (await refresh(changed, client, first.refresh_token)).body;
    const row = await lineageOf(before, second.access_token);
    assert.deepEqual([row.keyId, row.previousKeyId].map(nameOf), ["new", "old"]);
    for (const node of [learned, changed])
      assert.equal(
        (await refresh(node, client, first.refresh_token)).body.refresh_token,
        second.refresh_token,
      );
    const third = (await refresh(learned, client, second.refresh_token)).body;
    const fourth = (await refresh(changed, client, third.refresh_token)).body;
    for (const { refresh_token } of [first, second, third])
      assert.equal((await refresh(learned, client, refresh_token)).body.refresh_token, fourth.refresh_token);
    const fifth = (await refresh(changed, client, fourth.refresh_token)).body;
    assert.equal((await refresh(done, client, fifth.refresh_token)).status, 200);
    await store.close();
  });

  spec("P-2", "may not end while a live lineage names the old key", async () => {
    const { store, nodes, nameOf } = await nodesWith(["old"], ["new", "old"]);
    const [before, changed] = nodes;
    assert.ok(before && changed);
    const client = await before.client();
    const [busy, idle] = [await device(before, client), await device(before, client)];
    const live = async () => (await store.lineages.liveKeyIds(changed.clock.now())).map(nameOf).sort();
    assert.deepEqual(await live(), ["old"]);
    let newest = busy.refresh_token;
    for (let turn = 0; turn < 2; turn++) {
      newest = (await refresh(changed, client, newest)).body.refresh_token;
      assert.deepEqual(await live(), ["new", "old"]);
    }
    await post(changed, "/revoke", { client_id: client.id, token: idle.refresh_token });
    assert.deepEqual(await live(), ["new"]);
    const forgotten = await device(before, client);
    assert.deepEqual(await live(), ["new", "old"]);
    changed.clock.advance(29 * day);
    await refresh(changed, client, newest);
    changed.clock.advance(day);
    assert.deepEqual(await live(), ["new"], "a lineage that nobody can refresh needs no key");
    assert.equal((await refresh(changed, client, forgotten.refresh_token)).body.error, "invalid_grant");
    await store.close();
  });

  spec("P-2", "lets no node start without a key that a device needs", async () => {
    const { store, nodes, ringOf } = await nodesWith(["old"], ["new", "old"]);
    const [before, changed] = nodes;
    assert.ok(before && changed);
    const start = async (...names: readonly string[]) => {
      const ring = ringOf(...names);
      await requireSameRing(ring, store.settings);
      await requireKeysInUse(ring, store, before.clock.now());
    };
    await start("old");
    await start("new", "old");
    const client = await before.client();
    let { refresh_token } = await device(before, client);
    for (let turn = 0; turn < 2; turn++) {
      await assert.rejects(start("new"), (error: Error) => {
        assert.equal(error.name, "KeyRingError");
        assert.ok(error.message.includes(ringOf("old").activeId), error.message);
        assert.ok(!error.message.includes(ringOf("new").activeId), error.message);
        return true;
      });
      refresh_token = (await refresh(changed, client, refresh_token)).body.refresh_token;
    }
    await start("new");
    await assert.rejects(start("old"), KeyRingError);
    await store.close();
  });

  spec("P-2", "that a node missed makes it answer 503, and consumes and ends nothing", async () => {
    const { store, nodes } = await nodesWith(["old"], ["new", "old"]);
    const [behind, changed] = nodes;
    assert.ok(behind && changed);
    const client = await changed.client();
    const first = await device(behind, client);
    const second = (await refresh(changed, client, first.refresh_token)).body;
    // It can prove the old token but not derive the successor; the new token it cannot even prove.
    for (const { refresh_token } of [first, second]) {
      const answer = await refresh(behind, client, refresh_token);
      assert.deepEqual(faces(behind, answer), [503, "temporarily_unavailable", "refresh.key-unknown"]);
      assert.equal(answer.headers.get("retry-after"), "5");
    }
    const row = await lineageOf(changed, second.access_token);
    assert.deepEqual([row.generation, row.endedAt, row.lateAnswers], [2, null, []]);
    assert.equal((await refresh(changed, client, second.refresh_token)).status, 200);
    await store.close();
  });
});
