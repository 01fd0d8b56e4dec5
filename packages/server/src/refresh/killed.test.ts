import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";
import type { Place } from "../adapters/contract/place.ts";
import { postgresPlace } from "../adapters/contract/postgres-place.ts";
import { sqlitePlace } from "../adapters/contract/sqlite-place.ts";
import { KeyRing, ringKey } from "../adapters/keys/ring.ts";
import type { Client } from "../records/client.ts";
import { refresh } from "../testing/a-login.ts";
import { device, lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const program = fileURLToPath(new URL("./testing/refreshing-process.ts", import.meta.url));

for (const { database, open } of [
  {
    database: "SQLite",
    open: async () => {
      const place = await sqlitePlace();
      return { place, location: place.path };
    },
  },
  {
    database: "PostgreSQL",
    open: async () => {
      const place = await postgresPlace();
      return { place, location: place.url };
    },
  },
]) {
  describe(`a refresh whose process is killed by kill -9, on ${database}`, () => {
    const secret = randomBytes(32);
    let place: Place;
    let location: string;
    let here: AServer;
    let client: Client;
    before(async () => {
      ({ place, location } = await open());
      here = await aServer({ store: await place.open(), ring: new KeyRing([ringKey(secret)]) });
      client = await here.client();
    });
    after(() => place.remove());

    /** What a process of its own answers, or by which signal it ended. */
    async function elsewhere(token: string, dies = "") {
      const about = [location, secret.toString("hex"), String(here.clock.now()), client.id, token, dies];
      const child = spawn(process.execPath, ["--conditions=valetkey-source", program, ...about], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
      return { signal, answer: text === "" ? undefined : JSON.parse(text) };
    }

    for (const { dies, told, generation } of [
      { dies: "before", told: "before its commit", generation: 1 },
      { dies: "after", told: "between commit and answer", generation: 2 },
    ]) {
      spec(
        ["P-2", "I2-REFRESH", "I2-DURABLE"],
        `${told} is answered alike by every process that is asked again`,
        async () => {
          const { refresh_token, access_token } = await device(here, client);
          const killed = await elsewhere(refresh_token, dies);
          assert.deepEqual(killed, { signal: "SIGKILL", answer: undefined });
          const row = await lineageOf(here, access_token);
          assert.deepEqual([row.generation, row.superseded, row.endedAt], [generation, [], null]);
          const other = await elsewhere(refresh_token);
          const mine = await refresh(here, client, refresh_token);
          assert.deepEqual([other.signal, other.answer.status, mine.status], [null, 200, 200]);
          assert.equal(mine.body.refresh_token, other.answer.refresh_token);
          assert.equal((await lineageOf(here, access_token)).generation, 2);
          assert.equal((await refresh(here, client, mine.body.refresh_token)).status, 200);
        },
      );
    }
  });
}
