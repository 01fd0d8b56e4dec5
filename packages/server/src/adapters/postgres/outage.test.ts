import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { StoreUnavailable } from "../../ports/store.ts";
import type { Client } from "../../records/client.ts";
import { login, redeem, refresh, type TokenAnswer } from "../../testing/a-login.ts";
import { claimsOf, device, lineageOf } from "../../testing/a-program.ts";
import { type AServer, aServer } from "../../testing/a-server.ts";
import { freshDatabase, type TestDatabase } from "../../testing/postgres.ts";
import { spec } from "../../testing/spec.ts";
import { aCode, aRotation, earnedBy } from "../contract/records.ts";
import { aWire, type Wire } from "../contract/wire.ts";
import { postgresStore } from "./store.ts";

describe("a PostgreSQL that goes away and comes back", () => {
  let database: TestDatabase;
  let wire: Wire;
  let server: AServer;
  let client: Client;
  let beside: pg.Client;
  before(async () => {
    database = await freshDatabase();
    wire = await aWire(database.url);
    server = await aServer({ store: await postgresStore(wire.url, { patience: 1_000 }) });
    client = await server.client();
    beside = new pg.Client(database.url);
    await beside.connect();
  });
  afterEach(() => wire.mend());
  after(async () => {
    await beside.end();
    await server.close();
    await wire.close();
    await database.drop();
  });

  function saysTryAgain({ status, headers, body }: TokenAnswer): void {
    assert.equal(status, 503, JSON.stringify(body));
    assert.equal(body.error, "temporarily_unavailable");
    assert.match(headers.get("retry-after") ?? "", /^\d+$/);
  }

  /** The database is there again, and the pool has noticed which connections are dead. */
  async function mended(): Promise<void> {
    wire.mend();
    for (let turn = 0; turn < 200; turn++) {
      if ((await ready()) === 200) return;
      await pause(10);
    }
    throw new Error("the server does not recover");
  }

  const ready = async () => (await server.fetchHere(`${server.issuer}/readyz`)).status;

  async function generationOf(accessToken: string): Promise<number> {
    const id = Number(claimsOf(accessToken).lineage);
    const { rows } = await beside.query("SELECT generation FROM lineage WHERE id = $1", [id]);
    return Number(rows[0].generation);
  }

  spec("P-4", "is answered by 503 and Retry-After, and served again without a restart", async () => {
    const first = await device(server, client);
    wire.cut();
    saysTryAgain(await refresh(server, client, first.refresh_token));
    assert.equal(await ready(), 503);
    const page = await server.fetchHere(`${server.issuer}/authorize?client_id=${client.id}`);
    assert.equal(page.status, 503);
    assert.match(page.headers.get("retry-after") ?? "", /^\d+$/);

    await mended();
    const second = await refresh(server, client, first.refresh_token);
    assert.equal(second.status, 200);
    assert.equal((await lineageOf(server, second.body.access_token)).generation, 2);
  });

  spec("P-4", "is given up when it does not answer in time, and served again", async () => {
    const first = await device(server, client);
    wire.hold();
    saysTryAgain(await refresh(server, client, first.refresh_token));
    await mended();
    assert.equal((await refresh(server, client, first.refresh_token)).status, 200);
  });

  spec(
    ["I2-REFRESH", "P-4"],
    "loses no device when connections break amid forty refreshes: a repeat is answered",
    async () => {
      const devices = [
        await device(server, client),
        await device(server, client),
        await device(server, client),
        await device(server, client),
      ];
      const asked = () => devices.map(({ refresh_token }) => refresh(server, client, refresh_token));
      const amid = Array.from({ length: 10 }, asked).flat();
      for (let turn = 0; turn < 3; turn++) {
        await beside.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
      }
      for (const answer of await Promise.all(amid)) if (answer.status !== 200) saysTryAgain(answer);
      for (const [index, answer] of (await Promise.all(asked())).entries()) {
        assert.equal(answer.status, 200);
        assert.equal(await generationOf(devices[index]?.access_token ?? ""), 2);
      }
    },
  );

  spec(
    ["I2-DURABLE", "I2-REFRESH"],
    "answers 503, not success, when a rotation is committed and its outcome lost; the repeat finds it",
    async () => {
      const first = await device(server, client);
      wire.cut();
      await mended();
      const lost = wire.loseAnswerTo(/UPDATE lineage SET/);
      saysTryAgain(await refresh(server, client, first.refresh_token));
      await lost;
      assert.equal(await generationOf(first.access_token), 2);
      const again = await refresh(server, client, first.refresh_token);
      assert.equal(again.status, 200);
      assert.equal(await generationOf(first.access_token), 2);
      assert.equal((await refresh(server, client, again.body.refresh_token)).status, 200);
    },
  );

  spec(
    ["I2-DURABLE", "O21-AS-24"],
    "answers 503 when a code is spent and its outcome lost; nothing is half done, the repeat is a replay",
    async () => {
      const code = await login(server, client);
      wire.cut();
      await mended();
      const lost = wire.loseAnswerTo(/UPDATE code SET spent_at/);
      saysTryAgain(await redeem(server, client, code));
      await lost;
      const again = await redeem(server, client, code);
      assert.deepEqual([again.status, again.body.error], [400, "invalid_grant"]);
      const { rows } = await beside.query(
        "SELECT end_reason FROM lineage WHERE id = (SELECT max(id) FROM lineage)",
      );
      assert.equal(rows[0].end_reason, "code.replayed");
    },
  );

  it("gives up a row that another session holds, and serves the writes that came beside it", async () => {
    const url = new URL(database.url);
    url.searchParams.set("options", "-c lock_timeout=300");
    const store = await postgresStore(url.href);
    const [first, held, third] = [earnedBy(aCode()), earnedBy(aCode()), earnedBy(aCode())];
    const lineages = [first, held, third];
    for (const lineage of lineages) {
      const code = aCode({ codeHash: lineage.codeHash });
      await store.codes.save(code);
      await store.codes.redeem(code.codeHash, lineage, 1_010);
    }
    await beside.query("BEGIN");
    await beside.query("SELECT 1 FROM lineage WHERE id = $1 FOR UPDATE", [held.id]);
    const settled = await Promise.allSettled(
      lineages.map((lineage) => store.lineages.rotate(lineage, aRotation())),
    );
    await beside.query("ROLLBACK");
    assert.deepEqual(
      settled.map((one) => (one.status === "fulfilled" ? one.value : one.reason instanceof StoreUnavailable)),
      [true, true, true],
    );
    assert.deepEqual(
      settled.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    assert.equal(await store.lineages.rotate(held, aRotation()), true);
    await store.close();
  });
});
