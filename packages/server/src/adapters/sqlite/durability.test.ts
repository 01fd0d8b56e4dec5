import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { StoreUnavailable } from "../../ports/store.ts";
import { aClient, aCode, earnedBy, fresh } from "../contract/records.ts";
import { sqlitePlace } from "../contract/sqlite-place.ts";
import { migrate } from "../sql/migrate.ts";
import { migrations } from "../sql/migrations.ts";
import { SqliteConnection } from "./connection.ts";
import { sqliteStore } from "./store.ts";

describe("sqlite durability", () => {
  const removals: (() => Promise<void>)[] = [];
  after(async () => {
    for (const remove of removals) await remove();
  });

  async function aPlace(beforeCommit?: () => void | Promise<void>) {
    const place = await sqlitePlace(beforeCommit ? { beforeCommit } : {});
    removals.push(place.remove);
    return place;
  }

  it("[I2-DURABLE] runs with synchronous = FULL and a write-ahead log", async () => {
    const store = await (await aPlace()).open();
    assert.deepEqual(await store.durability(), { synchronous: "FULL", journal_mode: "wal" });
  });

  it("lets nobody but its user read the file, its log or its folder", async () => {
    const place = await aPlace();
    await (await place.open()).settings.claim("a", "b");
    const modes = [place.path, `${place.path}-wal`, `${place.path}-shm`, dirname(place.path)].map(
      async (path) => (await stat(path)).mode & 0o777,
    );
    assert.deepEqual(await Promise.all(modes), [0o600, 0o600, 0o600, 0o700]);
  });

  it("[O21-AS-24 I2-DURABLE] gives no answer, and shows no reader anything, before COMMIT returned", async () => {
    const held = Promise.withResolvers<void>();
    let holding = false;
    const place = await aPlace(() => (holding ? held.promise : undefined));
    const store = await place.open();
    const code = aCode();
    await store.codes.save(code);

    holding = true;
    const answers: string[] = [];
    const redeemed = store.codes
      .redeem(code.codeHash, earnedBy(code), 1_010)
      .then((one) => answers.push(one));
    const later = store.settings.claim("later", "x").then((one) => answers.push(one));
    await pause(100);
    assert.deepEqual(answers, []);
    assert.equal((await store.codes.find(code.codeHash))?.spentAt, null);
    assert.deepEqual(await store.lineages.listOf(code.grantId), []);

    holding = false;
    held.resolve();
    await Promise.all([redeemed, later]);
    assert.deepEqual(answers.toSorted(), ["fresh", "x"]);
    assert.equal((await store.lineages.listOf(code.grantId)).length, 1);
  });

  it("[O21-AS-24 I2-DURABLE] rejects all who shared a commit that failed, and nothing of it stands", async () => {
    let failing = false;
    const place = await aPlace(() => {
      if (failing) throw new Error("the disk is gone");
    });
    const store = await place.open();
    const code = aCode();
    await store.codes.save(code);

    failing = true;
    const together = await Promise.allSettled([
      store.codes.redeem(code.codeHash, earnedBy(code), 1_010),
      store.settings.claim("beside", "x"),
    ]);
    assert.deepEqual(
      together.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.equal((await store.codes.find(code.codeHash))?.spentAt, null);
    assert.equal(await store.settings.get("beside"), undefined);

    failing = false;
    assert.equal(await store.codes.redeem(code.codeHash, earnedBy(code), 1_020), "fresh");
  });

  it("shares one commit among writes that arrive together", async () => {
    let commits = 0;
    const store = await (await aPlace(() => void commits++)).open();
    await Promise.all(Array.from({ length: 100 }, () => store.clients.add(aClient())));
    assert.equal(commits, 1);
    assert.equal((await store.clients.list()).length, 100);
  });

  it("waits for another connection that holds the file, and the event loop goes on meanwhile", async () => {
    const place = await aPlace();
    const store = await place.open();
    const other = new DatabaseSync(place.path);
    other.exec("BEGIN IMMEDIATE; INSERT INTO setting (name, value) VALUES ('theirs', 'written')");
    const ours = store.settings.claim("theirs", "ours");
    for (let turn = 0; turn < 10; turn++) await pause(5);
    other.exec("COMMIT");
    other.close();
    assert.equal(await ours, "written");
  });

  it("writes beside another process that writes", async () => {
    const place = await aPlace();
    const store = await place.open();
    const child = spawn(
      process.execPath,
      ["--conditions=valetkey-source", "--input-type=module-typescript", "--eval", writeFifty, place.path],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    const ended = once(child, "exit");
    for (let index = 0; index < 200; index++) await store.clients.add(aClient({ name: "ours" }));
    assert.deepEqual(await ended, [0, null]);
    const names = (await store.clients.list()).map(({ name }) => name);
    assert.equal(names.filter((name) => name === "ours").length, 200);
    assert.equal(names.filter((name) => name === "theirs").length, 50);
  });

  it("keeps every other process from having the file to itself, as long as a store is open", async () => {
    const place = await aPlace();
    const stores = [await place.open(), await place.open()];
    // SQLite asks for nobody else's lock then but that of the file: whoever gets it writes as if nobody read.
    const script = `
      import { DatabaseSync } from "node:sqlite";
      const db = new DatabaseSync(process.argv[1], { timeout: 10 });
      db.exec("PRAGMA locking_mode = EXCLUSIVE");
      try {
        db.prepare("SELECT count(*) FROM sqlite_schema").get();
        process.exitCode = 3;
      } catch (error) {
        process.exitCode = error.errcode;
      }`;
    const alone = async () => {
      const flags = ["--no-warnings", "--input-type=module", "--eval", script, place.path];
      return (await once(spawn(process.execPath, flags, { stdio: "inherit" }), "exit"))[0];
    };
    assert.equal(await alone(), 5, "SQLITE_BUSY");
    await stores[1]?.close();
    assert.equal(await alone(), 5, "SQLITE_BUSY");
    await stores[0]?.close();
    assert.equal(await alone(), 3);
  });

  it("tells a file that cannot be written as a store that is out of reach", async () => {
    const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });
    const failing = await (await aPlace(() => Promise.reject(full))).open();
    await assert.rejects(failing.settings.claim("c", "d"), StoreUnavailable);
  });

  it("leaves the schema as it was when a step of a migration fails", async () => {
    const place = await aPlace();
    await (await place.open()).close();
    const connection = new SqliteConnection(place.path);
    const broken = {
      number: migrations.length + 1,
      name: "broken",
      statements: ["CREATE TABLE half (id INTEGER)", "CREATE NONSENSE"],
    };
    const words = { bytes: "", text: "", integer: "", numbered: "", table: "", tableOfUpdates: "", now: "0" };
    await assert.rejects(
      migrate(
        {
          dialect: words,
          run: async (sql) => connection.run(sql, []).rows,
          begin: async () => connection.exec("BEGIN IMMEDIATE"),
        },
        [...migrations, broken],
      ),
      /syntax error/,
    );
    assert.deepEqual(connection.all("SELECT name FROM sqlite_schema WHERE name = 'half'", []), []);
    connection.close();
    await (await place.open()).ping();
  });

  it("keeps nothing on disk for :memory:, and is whole all the same", async () => {
    const store = await sqliteStore(":memory:");
    const code = aCode();
    await store.codes.save(code);
    const both = await Promise.all(
      [earnedBy(code), earnedBy(code)].map((one) => store.codes.redeem(code.codeHash, one, 1)),
    );
    assert.deepEqual(both.toSorted(), ["fresh", "replayed"]);
    assert.equal(await store.settings.get(fresh("")), undefined);
    await store.close();
  });
});

const writeFifty = `
const { sqliteStore } = await import(${JSON.stringify(new URL("./store.ts", import.meta.url).href)});
const { aClient } = await import(${JSON.stringify(new URL("../contract/records.ts", import.meta.url).href)});
const store = await sqliteStore(process.argv[1]);
for (let index = 0; index < 50; index++) await store.clients.add(aClient({ name: "theirs" }));
await store.close();
`;
