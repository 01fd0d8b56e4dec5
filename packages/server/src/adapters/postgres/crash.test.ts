import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "../../records/client.ts";
import { refresh } from "../../testing/a-login.ts";
import { device, lineageOf } from "../../testing/a-program.ts";
import { type AServer, aServer } from "../../testing/a-server.ts";
import { type PostgresCluster, startPostgres } from "../../testing/postgres-cluster.ts";
import { spec } from "../../testing/spec.ts";
import { type Crashable, crashable } from "../contract/crash.ts";
import { until } from "../contract/place.ts";
import { postgresStore } from "./store.ts";

describe("a PostgreSQL that crashes and starts again", () => {
  let cluster: PostgresCluster;
  let postgres: Crashable;
  let server: AServer;
  let client: Client;
  before(async () => {
    cluster = await startPostgres();
    postgres = await crashable(cluster.url);
    server = await aServer({ store: await postgresStore(cluster.url) });
    client = await server.client();
  });
  after(async () => {
    await server.close();
    await postgres.stop();
    await cluster.stop();
  });

  spec(
    ["I2-DURABLE", "I2-REFRESH", "P-4"],
    "keeps every answer that left, tells the others to try again, and serves on by itself",
    async () => {
      const devices = [await device(server, client), await device(server, client)];
      const held = new Map(devices.map(({ refresh_token }, index) => [index, refresh_token as string]));
      let told503 = 0;
      let rotations = 0;
      let isOver = false;
      const agents = devices.map(async (_, index) => {
        while (!isOver) {
          const answer = await refresh(server, client, held.get(index) ?? "");
          if (answer.status === 200) {
            held.set(index, answer.body.refresh_token);
            rotations += 1;
            continue;
          }
          assert.equal(answer.status, 503, JSON.stringify(answer.body));
          assert.ok(answer.headers.get("retry-after"));
          told503 += 1;
          await pause(20);
        }
      });
      await until(() => rotations >= 20);
      await postgres.crash();
      const [atCrash, refusedAtCrash] = [rotations, told503];
      await until(() => told503 > refusedAtCrash);
      await postgres.start();
      await until(() => rotations >= atCrash + 20);
      isOver = true;
      await Promise.all(agents);
      for (const token of held.values()) {
        const last = await refresh(server, client, token);
        assert.equal(last.status, 200);
        assert.equal((await lineageOf(server, last.body.access_token)).endedAt, null);
      }
    },
  );
});
