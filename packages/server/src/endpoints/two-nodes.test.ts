import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { postgresStore } from "../adapters/postgres/store.ts";
import type { Client } from "../records/client.ts";
import { login, redeem, refresh } from "../testing/a-login.ts";
import { device, faces, lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { spec } from "../testing/spec.ts";

const each = 30;

describe("two nodes on one PostgreSQL", () => {
  let database: TestDatabase;
  let nodes: readonly [AServer, AServer];
  let client: Client;

  before(async () => {
    database = await freshDatabase();
    const open = async () => await aServer({ store: await postgresStore(database.url) });
    nodes = [await open(), await open()];
    client = await nodes[0].client();
  });
  after(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });

  /** The same request to both, many times at once. */
  function everywhere<T>(ask: (node: AServer) => Promise<T>): Promise<T[]> {
    return Promise.all(nodes.flatMap((node) => Array.from({ length: each }, () => ask(node))));
  }

  spec(["O21-AS-24", "O21-AS-25"], "let a code through once, and end what it earned", async () => {
    const code = await login(nodes[0], client);
    const all = await everywhere((node) => redeem(node, client, code));
    const fresh = all.filter(({ status }) => status === 200);
    assert.equal(fresh.length, 1);
    assert.equal(all.filter(({ body }) => body.error === "invalid_grant").length, 2 * each - 1);
    const later = await refresh(nodes[1], client, fresh[0]?.body.refresh_token ?? "");
    assert.deepEqual(faces(nodes[1], later), [400, "invalid_grant", "refresh.ended"]);
  });

  spec(["I2-REFRESH", "P-4"], "give one successor to every caller, and no error", async () => {
    const { refresh_token } = await device(nodes[0], client);
    const all = await everywhere((node) => refresh(node, client, refresh_token));
    assert.deepEqual([...new Set(all.map(({ status }) => status))], [200]);
    assert.equal(new Set(all.map(({ body }) => body.refresh_token)).size, 1);
    assert.equal((await lineageOf(nodes[1], all[0]?.body.access_token ?? "")).generation, 2);
    assert.equal((await refresh(nodes[1], client, all[0]?.body.refresh_token ?? "")).status, 200);
  });

  spec("I2-REFRESH", "agree that a replay ends the device, whichever node sees it", async () => {
    const first = await device(nodes[0], client);
    const second = (await refresh(nodes[1], client, first.refresh_token)).body;
    const third = (await refresh(nodes[0], client, second.refresh_token)).body;
    for (const node of nodes) node.clock.advance(121);
    const replay = await refresh(nodes[1], client, first.refresh_token);
    assert.deepEqual(faces(nodes[1], replay), [400, "invalid_grant", "refresh.replayed"]);
    const dead = await refresh(nodes[0], client, third.refresh_token);
    assert.deepEqual(faces(nodes[0], dead), [400, "invalid_grant", "refresh.ended"]);
  });
});
