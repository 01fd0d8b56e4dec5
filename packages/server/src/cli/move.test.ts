import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { loadRing } from "../adapters/keys/ring-file.ts";
import { requireSameRing } from "../adapters/keys/same-ring.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { aRunningServer } from "./testing/a-configured.ts";
import { aFolder, facts, started } from "./testing/a-process.ts";
import { type Devices, someDevices } from "./testing/devices.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

describe("valetkey move", () => {
  let database: TestDatabase;
  let server: Awaited<ReturnType<typeof aRunningServer>>;
  let folder: string;
  let file: string;
  let devices: Devices;
  let token: string;

  before(async () => {
    database = await freshDatabase();
    server = await aRunningServer();
    ({ folder } = server);
    file = join(folder, "valetkey-data", "valetkey.sqlite");
    devices = await someDevices(server, ["app", "other"], ["ada@example.com"]);
    token = await devices.refreshTimes(2, await devices.signIn("ada@example.com"));
    await devices.signIn("ada@example.com", "other");
  });
  after(() => database.drop());

  async function there<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it("is refused while the server runs, and of all else than a postgres:// URL", async () => {
    const beside = await inProcess(folder, ["move", "--to", database.url]);
    assert.deepEqual([beside.status, beside.stdout], [1, ""]);
    assert.match(beside.stderr, /has .* open\. Stop it first/);
    for (const { args, faults } of [
      { args: [], faults: [/^--to: is needed, e\.g\. --to postgres:/] },
      {
        args: ["--to", "mysql://me:hunter2@db/x", "--al"],
        faults: [/^--al: there is no/, /^--to: is a postgres:\/\/ URL/],
      },
      { args: ["--to", "other.sqlite"], faults: [/^--to: is a postgres:\/\/ URL/] },
      { args: ["--to", "postgres://db/x", "--abandon"], faults: [/^--abandon: and --to exclude/] },
    ]) {
      const { status, stderr } = await inProcess(folder, ["move", ...args]);
      assert.equal(status, 2);
      const told = stderr.split("\n\n")[0]?.split("\n") ?? [];
      assert.equal(told.length, faults.length, stderr);
      faults.forEach((fault, at) => {
        assert.match(told[at] ?? "", fault);
      });
      assert.doesNotMatch(stderr, /hunter2/);
    }
    const moved = await inProcess(folder, ["move", "--to", database.url], {
      env: { VALETKEY_STORE: database.url },
    });
    assert.match(moved.stderr, /The store is PostgreSQL already/);
    await server.process.stop();
  });

  it("begins only with every key that a device needs, and leaves the source in service otherwise", async () => {
    const keys = join(folder, "valetkey-data", "valetkey.keys");
    const before = await readFile(keys, "utf8");
    const other = `${Buffer.alloc(32, 7).toString("base64url")}\n`;
    await writeFile(keys, before + other);
    const store = await sqliteStore(file);
    await requireSameRing(await loadRing({ file: keys, create: false }), store.settings);
    await store.close();
    // The store knows this key, so it is no stranger's ring; but the devices' own key is not in it.
    await writeFile(keys, other);
    const refused = await inProcess(folder, ["move", "--to", database.url]);
    assert.deepEqual([refused.status, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /have refresh tokens made with [0-9a-f]{8}, and this node lacks that key/);
    await writeFile(keys, `${Buffer.alloc(32, 8).toString("base64url")}\n`);
    const stranger = await inProcess(folder, ["move", "--to", database.url]);
    assert.match(stranger.stderr, /are not those of the store/);
    await writeFile(keys, before);
    assert.equal((await factsOf(folder, ["client", "list"])).length, 2);
    await factsOf(folder, ["client", "list"], { env: { VALETKEY_STORE: database.url } });
  });

  it("goes on after it was broken off, and meanwhile neither database serves", async () => {
    const db = new DatabaseSync(file);
    const insert = db.prepare(
      "INSERT INTO trace_step (at, step, outcome, says, address, user_agent) VALUES (?, 'token', 'done', 'x', '::1', '')",
    );
    db.exec("BEGIN");
    for (let at = 0; at < 2_500; at++) insert.run(at);
    db.exec("COMMIT");
    db.close();
    // The target refuses in the middle of a table, as a full disk would.
    await inProcess(folder, ["client", "list"], { env: { VALETKEY_STORE: database.url } });
    await there(
      "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.at > 1500 AND NEW.at < 2500 THEN RAISE 'no space'; END IF; RETURN NEW; END $$",
    );
    await there(
      "CREATE TRIGGER disk_full BEFORE INSERT ON trace_step FOR EACH ROW EXECUTE FUNCTION disk_full()",
    );
    const broken = await inProcess(folder, ["move", "--to", database.url]);
    assert.deepEqual([broken.status, broken.stdout], [1, ""]);
    const here = await inProcess(folder, ["client", "list"]);
    assert.match(here.stderr, /is being moved to PostgreSQL at .*Run valetkey move again.*--abandon/);
    const half = await inProcess(folder, ["client", "list"], { env: { VALETKEY_STORE: database.url } });
    assert.match(half.stderr, /A move into this database is not finished/);
    const elsewhere = await inProcess(folder, ["move", "--to", "postgres://me@127.0.0.1:1/db"]);
    assert.match(elsewhere.stderr, /A move of this database to .* was begun\. Finish it with --to that/);

    await there("DROP TRIGGER disk_full ON trace_step");
    const [before] = await there<{ n: string }>("SELECT count(*) AS n FROM trace_step");
    assert.ok(
      Number(before?.n) >= 1_000 && Number(before?.n) < 2_500,
      `${before?.n} rows stayed from the first run`,
    );
    // The real binary, once.
    const moved = await facts(folder, ["move", "--to", database.url]);
    assert.deepEqual([moved.tables.lineage, moved.tables.client], [2, 2]);
    assert.ok(moved.tables.trace_step >= 2_500 && moved.compared >= 200);
  });

  it("ends with a server on PostgreSQL that knows every device and gives no number twice", async () => {
    const again = await factsOf(folder, ["move", "--to", database.url]);
    assert.equal(again.rows, 0, "it is finished");
    const { stderr } = await inProcess(folder, ["start"]);
    assert.match(stderr, /was moved to PostgreSQL at .*: set store to that database/);
    const sqlite = new DatabaseSync(file, { readOnly: true });
    const block = sqlite.prepare("SELECT next FROM id_block").get();
    const sequences = sqlite.prepare("SELECT name, seq FROM sqlite_sequence").all();
    sqlite.close();
    const config = join(folder, "valetkey.yaml");
    await writeFile(config, (await readFile(config, "utf8")).replace(/^store:.*$/m, ""));
    const keys = join(folder, "valetkey-data", "valetkey.keys");
    await appendFile(config, `\nstore: ${database.url}\nkey_file: ${keys}\n`);
    const running = await started(folder, []);
    assert.equal((await devices.refresh(token)).status, 200);
    await devices.signIn("ada@example.com");
    const [newest] = await there<{ id: string }>("SELECT max(id) AS id FROM lineage");
    assert.ok(Number(newest?.id) >= Number(block?.next));
    const events = sequences.find(({ name }) => name === "audit_event");
    const [event] = await there<{ number: string }>("SELECT max(number) AS number FROM audit_event");
    assert.ok(Number(event?.number) > Number(events?.seq));
    await running.stop();
  });

  it("takes no target that is not empty, and none of another store", async () => {
    const other = await aRunningServer();
    await other.process.stop();
    const { status, stderr } = await inProcess(other.folder, ["move", "--to", database.url]);
    assert.equal(status, 1);
    assert.match(stderr, /was filled by a move of another store/);
    const used = await freshDatabase();
    try {
      const env = { VALETKEY_STORE: used.url };
      await factsOf(other.folder, ["role", "add", "guest", "--resource", "x", "--scope", "y"], { env }).catch(
        () => undefined,
      );
      await factsOf(other.folder, ["account", "add", "a@example.com", "--generate-password"], { env });
      const refused = await inProcess(other.folder, ["move", "--to", used.url]);
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /is not empty: account has 1 rows/);
    } finally {
      await used.drop();
    }
    assert.equal((await factsOf(other.folder, ["client", "list"])).length, 0, "the source still serves");
    const none = await inProcess(other.folder, ["move", "--abandon"]);
    assert.match(none.stderr, /No move of this database was begun/);
  });

  it("is given up with --abandon, and not once it is finished", async () => {
    const place = await aFolder();
    const db = join(place, "valetkey.sqlite");
    const store = await sqliteStore(db);
    await store.settings.claim("out-of-service", "This database is being moved to x.");
    await store.settings.claim("move-to", "db:5432/x");
    await store.close();
    assert.equal((await inProcess(place, ["client", "list", "--data", "."])).status, 1);
    assert.equal((await factsOf(place, ["move", "--abandon", "--data", "."])).abandoned, "db:5432/x");
    assert.deepEqual(await factsOf(place, ["client", "list", "--data", "."]), []);
    const config = join(folder, "valetkey.yaml");
    await writeFile(config, (await readFile(config, "utf8")).replace(/^store:.*$/m, `store: ${file}`));
    const finished = await inProcess(folder, ["move", "--abandon"]);
    assert.match(finished.stderr, /is finished, and that database may have served since/);
  });
});
