import assert from "node:assert/strict";
import { copyFile, rm } from "node:fs/promises";
import { describe } from "node:test";
import type { Place } from "../adapters/contract/place.ts";
import { postgresPlace } from "../adapters/contract/postgres-place.ts";
import { sqlitePlace } from "../adapters/contract/sqlite-place.ts";
import type { Client } from "../records/client.ts";
import { post, refresh } from "../testing/a-login.ts";
import { aLookout, device, faces, introspect, lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

interface Past {
  readonly place: Place;
  /** Keeps the database as it stands. */
  keep(): Promise<void>;
  /** The database goes back to what was kept, and a node starts on it. */
  goBack(node: AServer): Promise<AServer>;
}

/** A copy of the file, put back while nobody has it open. */
async function aRestoredBackup(): Promise<Past> {
  const place = await sqlitePlace();
  return {
    place,
    keep: () => place.execute(`VACUUM INTO '${place.path}.backup'`),
    async goBack(node) {
      await node.close();
      for (const suffix of ["-wal", "-shm"]) await rm(`${place.path}${suffix}`, { force: true });
      await copyFile(`${place.path}.backup`, place.path);
      return await aServer({ store: await place.open(), now: node.clock.now() });
    },
  };
}

/** A standby that had not yet heard the last of the primary: the rows of what moves are as they were. */
async function aLaggingStandby(): Promise<Past> {
  const place = await postgresPlace();
  const moving = ["lineage", "code", "account", "client", "id_block"];
  return {
    place,
    keep: () => place.execute(moving.map((name) => `CREATE TABLE past_${name} AS TABLE ${name}`).join(";")),
    async goBack(node) {
      const back = (name: string) =>
        `DELETE FROM ${name}; INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM past_${name}`;
      await node.close();
      await place.execute(`BEGIN; ${moving.map(back).join(";")}; COMMIT`);
      return await aServer({ store: await place.open(), now: node.clock.now() });
    },
  };
}

for (const { event, make } of [
  { event: "a restored backup (SQLite)", make: aRestoredBackup },
  { event: "a promoted standby that lagged (PostgreSQL)", make: aLaggingStandby },
]) {
  describe(event, () => {
    async function world() {
      const past = await make();
      const node = await aServer({ store: await past.place.open() });
      const client = await node.client();
      return { past, node, client };
    }

    async function rotations(node: AServer, client: Client, from: string, times: number): Promise<string[]> {
      const tokens = [from];
      for (let time = 0; time < times; time++) {
        node.clock.advance(600);
        const answer = await refresh(node, client, tokens.at(-1) ?? "");
        assert.equal(answer.status, 200);
        tokens.push(answer.body.refresh_token);
      }
      return tokens;
    }

    const told = (node: AServer) => node.audit.events.filter(({ what }) => what === "refresh.ahead-of-store");

    spec(
      ["P-2", "I2-REFRESH"],
      "lets a device that was ahead go on, once and for all, and tells the operator",
      async () => {
        const { past, node, client } = await world();
        const { refresh_token, access_token } = await device(node, client);
        await rotations(node, client, refresh_token, 1);
        await past.keep();
        const { id } = await lineageOf(node, access_token);
        const held = (await refresh(node, client, refresh_token)).body.refresh_token;
        const tokens = await rotations(node, client, held, 6);
        const after = await past.goBack(node);
        assert.equal((await after.store.lineages.find(id))?.generation, 2);
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => refresh(after, client, tokens.at(-1) ?? "")),
        );
        assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
        assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 1);
        assert.equal((await after.store.lineages.find(id))?.generation, 9);
        assert.deepEqual(
          told(after).map(({ lineageId, detail }) => [lineageId, detail]),
          [[id, "generation 8, the lineage stands at 2"]],
        );
        await rotations(after, client, answers[0]?.body.refresh_token ?? "", 3);
        assert.equal(told(after).length, 1);
        await past.place.remove();
      },
    );

    spec(["P-2", "O21-AS-29"], "opens no window to what was outside before", async () => {
      const { past, node, client } = await world();
      const { refresh_token } = await device(node, client);
      await past.keep();
      const tokens = await rotations(node, client, refresh_token, 5);
      const after = await past.goBack(node);
      assert.equal((await refresh(after, client, tokens[5] ?? "")).status, 200);
      for (const old of tokens.slice(0, 5)) {
        const answer = await refresh(after, client, old);
        const refusal = old === tokens[0] ? "refresh.replayed" : "refresh.ended";
        assert.deepEqual(faces(after, answer), [400, "invalid_grant", refusal]);
      }
      await past.place.remove();
    });

    spec(["P-2", "O21-AS-29"], "sees a thief who comes first as soon as the owner comes", async () => {
      const { past, node, client } = await world();
      const { refresh_token } = await device(node, client);
      await past.keep();
      const tokens = await rotations(node, client, refresh_token, 5);
      const after = await past.goBack(node);
      const stolen = (await refresh(after, client, tokens[2] ?? "")).body;
      const owners = (await refresh(after, client, tokens[5] ?? "")).body;
      assert.equal(told(after).length, 2);
      assert.deepEqual(faces(after, await refresh(after, client, stolen.refresh_token)), [
        400,
        "invalid_grant",
        "refresh.replayed",
      ]);
      assert.equal((await refresh(after, client, owners.refresh_token)).body.error, "invalid_grant");
      await past.place.remove();
    });

    spec("P-2", "leaves dead what died before it was made, and cannot know what died after", async () => {
      const { past, node, client } = await world();
      const [before, later] = [await device(node, client), await device(node, client)];
      const revoke = (token: string) => post(node, "/revoke", { client_id: client.id, token });
      await revoke(before.refresh_token);
      await past.keep();
      await revoke(later.refresh_token);
      const after = await past.goBack(node);
      assert.equal((await refresh(after, client, before.refresh_token)).body.error, "invalid_grant");
      // Nothing in the database tells of the revocation: docs/decisions/0003-refresh-tokens.md tells the operator so.
      assert.equal((await refresh(after, client, later.refresh_token)).status, 200);
      await past.place.remove();
    });

    spec("P-2", "gives a number a second time, and no token of the first proves the second", async () => {
      const { past, node, client } = await world();
      const lookout = await aLookout(node, mcp);
      const other = await node.client();
      await node.person();
      await past.keep();
      const lost = await device(node, other);
      const { id } = await lineageOf(node, lost.access_token);
      const after = await past.goBack(node);
      const tokens = await device(after, client);
      assert.equal((await lineageOf(after, tokens.access_token)).id, id);
      const answer = await refresh(after, other, lost.refresh_token);
      assert.deepEqual(faces(after, answer), [400, "invalid_grant", "refresh.other-client"]);
      assert.deepEqual((await introspect(after, lookout, lost.access_token)).body, { active: false });
      assert.equal((await introspect(after, lookout, tokens.access_token)).body.active, true);
      const own = await device(after, other);
      const forged = await refresh(after, client, lost.refresh_token);
      assert.deepEqual(faces(after, forged), [400, "invalid_grant", "refresh.forged"]);
      assert.equal((await refresh(after, other, own.refresh_token)).status, 200);
      assert.equal((await refresh(after, client, tokens.refresh_token)).status, 200);
      await past.place.remove();
    });
  });
}
