import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import type { Place } from "../adapters/contract/place.ts";
import { postgresPlace } from "../adapters/contract/postgres-place.ts";
import { sqlitePlace } from "../adapters/contract/sqlite-place.ts";
import type { Client } from "../records/client.ts";
import { refresh } from "../testing/a-login.ts";
import { device, lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const callers = 500;

for (const { database, open } of [
  { database: "SQLite", open: sqlitePlace },
  { database: "PostgreSQL", open: postgresPlace },
]) {
  describe(`many refreshes of one token at once, on ${database}`, () => {
    let place: Place;
    let nodes: readonly [AServer, AServer, AServer];
    let client: Client;

    const aNode = async () => await aServer({ store: await place.open() });
    before(async () => {
      place = await open();
      nodes = [await aNode(), await aNode(), await aNode()];
      client = await nodes[0].client();
    });
    after(async () => place.remove());

    /** The tokens that the callers got, each of them one. */
    async function everyone(among: readonly AServer[], token: string, times = callers) {
      const answers = await Promise.all(
        Array.from({ length: times }, (_, index) =>
          refresh(among[index % among.length] ?? nodes[0], client, token),
        ),
      );
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
      assert.equal(new Set(answers.map(({ body }) => body.access_token)).size, times);
      return answers.map(({ body }) => body);
    }

    for (const { among, of } of [
      { among: "one node", of: () => [nodes[0]] },
      { among: "three nodes", of: () => nodes },
    ]) {
      spec(
        ["P-2", "P-4", "I2-REFRESH", "CL-06"],
        `five hundred of them, are one rotation and one answer on ${among}`,
        async () => {
          const { refresh_token } = await device(nodes[0], client);
          const answers = await everyone(of(), refresh_token);
          assert.equal(new Set(answers.map((body) => body.refresh_token)).size, 1);
          const row = await lineageOf(nodes[2], answers[0]?.access_token ?? "");
          assert.deepEqual([row.generation, row.superseded, row.endedAt], [2, [], null]);
          assert.equal((await refresh(nodes[1], client, answers[0]?.refresh_token ?? "")).status, 200);
        },
      );

      spec(["P-2", "I2-REFRESH"], `that wake up hours later are one late answer on ${among}`, async () => {
        const { refresh_token } = await device(nodes[0], client);
        const lost = (await refresh(nodes[0], client, refresh_token)).body;
        for (const node of nodes) node.clock.advance(5 * 3_600);
        const answers = await everyone(of(), refresh_token, 100);
        assert.deepEqual([...new Set(answers.map((body) => body.refresh_token))], [lost.refresh_token]);
        assert.equal((await lineageOf(nodes[1], lost.access_token)).lateAnswers.length, 1);
      });

      spec(["P-2", "O21-AS-29"], `that are a replay end the device once on ${among}`, async () => {
        const laptop = await device(nodes[0], client);
        const phone = await device(nodes[0], client);
        const second = (await refresh(nodes[0], client, laptop.refresh_token)).body;
        await refresh(nodes[1], client, second.refresh_token);
        for (const node of nodes) node.clock.advance(121);
        const answers = await Promise.all(
          Array.from({ length: 60 }, (_, index) =>
            refresh(of()[index % of().length] ?? nodes[0], client, laptop.refresh_token),
          ),
        );
        assert.deepEqual([...new Set(answers.map(({ body }) => body.error))], ["invalid_grant"]);
        const told = nodes
          .flatMap(({ audit }) => audit.events)
          .filter(({ what }) => what === "refresh.replayed");
        const { id } = await lineageOf(nodes[0], second.access_token);
        assert.equal(told.filter(({ lineageId }) => lineageId === id).length, 1);
        assert.equal((await refresh(nodes[2], client, phone.refresh_token)).status, 200);
      });
    }

    spec(["P-2", "P-4"], "are answered alike by nodes that start after the first answer", async () => {
      const { refresh_token } = await device(nodes[0], client);
      const first = (await refresh(nodes[0], client, refresh_token)).body;
      for (let started = 0; started < 3; started++) {
        const answer = await refresh(await aNode(), client, refresh_token);
        assert.deepEqual([answer.status, answer.body.refresh_token], [200, first.refresh_token]);
      }
    });

    spec(["P-2", "I2-REFRESH"], "beside a revocation leave nothing alive", async () => {
      const { refresh_token } = await device(nodes[0], client);
      const [answers] = await Promise.all([
        Promise.all(
          Array.from({ length: 60 }, (_, index) =>
            refresh(nodes[index % 2] ?? nodes[0], client, refresh_token),
          ),
        ),
        nodes[2].fetchHere(`${nodes[2].issuer}/revoke`, {
          method: "POST",
          body: new URLSearchParams({ client_id: client.id, token: refresh_token }),
        }),
      ]);
      for (const token of new Set([refresh_token, ...answers.map(({ body }) => body.refresh_token)]))
        if (token) assert.equal((await refresh(nodes[1], client, token)).body.error, "invalid_grant");
    });
  });
}
