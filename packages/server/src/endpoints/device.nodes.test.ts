import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { postgresStore } from "../adapters/postgres/store.ts";
import { aDeviceClient, atApproval, aWaitingDevice, decide, poll } from "../testing/a-device.ts";
import { lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { spec } from "../testing/spec.ts";

const each = 30;

describe("a device between two nodes on one PostgreSQL", () => {
  let database: TestDatabase;
  let nodes: readonly [AServer, AServer];
  let client: Awaited<ReturnType<typeof aDeviceClient>>;

  before(async () => {
    database = await freshDatabase();
    const open = async () => await aServer({ store: await postgresStore(database.url) });
    nodes = [await open(), await open()];
    client = await aDeviceClient(nodes[0]);
  });
  after(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });

  spec(["I5-DEVICE-NODES", "DEV-01"], "is paced by both together", async () => {
    const codes = await aWaitingDevice(nodes[0], client);
    const errors = await Promise.all(
      [nodes[0], nodes[1], nodes[0], nodes[1]].map(
        async (node) => (await poll(node, client, codes)).body.error,
      ),
    );
    assert.deepEqual(errors.toSorted(), ["authorization_pending", "slow_down", "slow_down", "slow_down"]);
  });

  spec(
    ["I5-DEVICE-NODES", "XD-02"],
    "has one decision of many, whichever node each page came from",
    async () => {
      const codes = await aWaitingDevice(nodes[0], client);
      const open = [await atApproval(nodes[0], codes.user_code), await atApproval(nodes[1], codes.user_code)];
      const ends = await Promise.all(
        open.flatMap(({ browser, visit }) =>
          ["allow", "deny", "allow", "deny"].map((decision) => browser.submit(visit, { decision })),
        ),
      );
      assert.equal(ends.filter(({ status }) => status === 200).length, 1);
    },
  );

  spec(["I5-DEVICE-NODES", "DEV-01"], "gets tokens once, and a replay at either ends them", async () => {
    const codes = await aWaitingDevice(nodes[0], client);
    await decide(nodes[1], codes.user_code, "allow");
    const all = await Promise.all(
      nodes.flatMap((node) => Array.from({ length: each }, () => poll(node, client, codes))),
    );
    const fresh = all.filter(({ status }) => status === 200);
    assert.equal(fresh.length, 1);
    assert.equal(all.filter(({ body }) => body.error === "invalid_grant").length, 2 * each - 1);
    assert.equal((await lineageOf(nodes[1], fresh[0]?.body.access_token ?? "")).endReason, "code.replayed");
  });
});
