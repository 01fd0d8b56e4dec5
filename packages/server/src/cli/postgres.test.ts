import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { post } from "../testing/a-login.ts";
import { basic } from "../testing/a-program.ts";
import { freePort } from "../testing/free-port.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { spec } from "../testing/spec.ts";
import { overHttp } from "./testing/a-configured.ts";
import { aFolder, facts, started } from "./testing/a-process.ts";

describe("the command line on PostgreSQL", () => {
  let database: TestDatabase;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());

  spec("I2-CLI", "adds and lists clients beside a server that runs on the same database", async () => {
    const folder = await aFolder();
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    await writeFile(
      join(folder, "valetkey.yaml"),
      `issuer: ${issuer}\nlisten:\n  port: ${port}\nkey_file: ./valetkey.keys\nlog:\n  level: error\n`,
    );
    // The password stays out of the file: the environment overrides a setting.
    const env = { VALETKEY_STORE: database.url };
    const server = await started(folder, [], env);
    await facts(
      folder,
      [
        "resource",
        "add",
        "https://mcp.example.com",
        "--scope",
        "files:read=Read",
        "--machines",
        "files:read",
      ],
      { env },
    );
    const added = await facts(
      folder,
      ["client", "add", "--name", "Job", "--confidential", "--scope", "files:read"],
      { env },
    );
    const token = await post(
      overHttp(issuer),
      "/token",
      { grant_type: "client_credentials" },
      basic(added.client_id, added.client_secret),
    );
    assert.equal(token.status, 200);
    const list = await facts(folder, ["client", "list"], { env });
    assert.deepEqual(
      list.map((one: { client_id: string }) => one.client_id),
      [added.client_id],
    );
    assert.equal((await server.stop()).status, 0);
  });
});
