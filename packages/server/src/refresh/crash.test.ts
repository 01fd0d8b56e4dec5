import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import type { Place } from "../adapters/contract/place.ts";
import { postgresPlace } from "../adapters/contract/postgres-place.ts";
import { sqlitePlace } from "../adapters/contract/sqlite-place.ts";
import type { Client } from "../records/client.ts";
import { post, refresh } from "../testing/a-login.ts";
import { aLookout, device, faces, introspect, lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { anUnsureStore, type UnsureStore } from "./testing/an-unsure-store.ts";

for (const { database, open } of [
  { database: "SQLite", open: sqlitePlace },
  { database: "PostgreSQL", open: postgresPlace },
]) {
  describe(`a node that dies between commit and answer, on ${database}`, () => {
    let place: Place;
    let unsure: UnsureStore;
    let dying: AServer;
    let client: Client;
    before(async () => {
      place = await open();
      unsure = anUnsureStore(await place.open());
      dying = await aServer({ store: unsure.store });
      client = await dying.client();
    });
    after(async () => place.remove());

    for (const { when, wait, late } of [
      { when: "at once", wait: 0, late: 0 },
      { when: "six hours later", wait: 6 * 3_600, late: 1 },
    ]) {
      spec(["P-2", "I2-REFRESH", "I2-DURABLE"], `leaves a retry ${when} the same refresh token`, async () => {
        const first = await device(dying, client);
        unsure.loseNext(true);
        const lost = await refresh(dying, client, first.refresh_token);
        assert.deepEqual([lost.status, lost.body.error], [503, "temporarily_unavailable"]);
        const committed = await lineageOf(dying, first.access_token);
        assert.equal(committed.generation, 2);
        dying.clock.advance(wait);
        const reborn = await aServer({ store: await place.open(), now: dying.clock.now() });
        const [one, two] = [
          await refresh(reborn, client, first.refresh_token),
          await refresh(dying, client, first.refresh_token),
        ];
        assert.deepEqual([one.status, two.status], [200, 200]);
        assert.equal(one.body.refresh_token, two.body.refresh_token);
        const row = await lineageOf(reborn, one.body.access_token);
        assert.deepEqual([row.generation, row.lateAnswers.length], [2, late]);
        assert.equal((await refresh(reborn, client, one.body.refresh_token)).status, 200);
      });
    }

    spec(["P-2", "O21-AS-29", "CL-06"], "or not, a replay ends its device alone", async () => {
      const lookout = await aLookout(dying, mcp);
      const laptop = await device(dying, client);
      const phone = await device(dying, client);
      const second = (await refresh(dying, client, laptop.refresh_token)).body;
      dying.clock.advance(300);
      const third = (await refresh(dying, client, second.refresh_token)).body;
      dying.clock.advance(120);
      const within = await refresh(dying, client, laptop.refresh_token);
      assert.deepEqual([within.status, within.body.refresh_token], [200, third.refresh_token]);
      dying.clock.advance(1);
      assert.deepEqual(faces(dying, await refresh(dying, client, laptop.refresh_token)), [
        400,
        "invalid_grant",
        "refresh.replayed",
      ]);
      for (const { access_token } of [third, within.body])
        assert.deepEqual((await introspect(dying, lookout, access_token)).body, { active: false });
      for (const { refresh_token } of [laptop, second, third])
        assert.equal((await refresh(dying, client, refresh_token)).body.error, "invalid_grant");
      assert.equal((await introspect(dying, lookout, phone.access_token)).body.active, true);
      assert.equal((await refresh(dying, client, phone.refresh_token)).status, 200);
    });

    spec(
      ["P-2", "I2-REFRESH"],
      "is ended by a revocation with any generation, whichever comes first",
      async () => {
        for (const presented of [0, 1, 2]) {
          const generations = [await device(dying, client)];
          for (let turn = 0; turn < 2; turn++)
            generations.push((await refresh(dying, client, generations.at(-1)?.refresh_token ?? "")).body);
          dying.clock.advance(4 * 86_400);
          const token = generations[presented]?.refresh_token;
          unsure.loseNext(true);
          const [raced, revoked] = await Promise.all([
            refresh(dying, client, generations.at(-1)?.refresh_token ?? ""),
            post(dying, "/revoke", { client_id: client.id, token }),
          ]);
          unsure.loseNext(false);
          assert.deepEqual([raced.status >= 400, revoked.status], [true, 200]);
          for (const { refresh_token } of generations)
            assert.equal((await refresh(dying, client, refresh_token)).body.error, "invalid_grant");
        }
      },
    );
  });
}
