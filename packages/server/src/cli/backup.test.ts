import assert from "node:assert/strict";
import { copyFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { before, describe, it } from "node:test";
import { aRunningServer } from "./testing/a-configured.ts";
import { facts, started } from "./testing/a-process.ts";
import { type Devices, someDevices } from "./testing/devices.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

describe("valetkey backup and restore", () => {
  let server: Awaited<ReturnType<typeof aRunningServer>>;
  let folder: string;
  let devices: Devices;
  let database: string;
  let running: { stop(): Promise<unknown> };
  /** Tokens of the time of the backup, and of later. */
  const tokens = new Map<string, string>();
  const token = (name: string) => tokens.get(name) ?? assert.fail(name);
  const run = (...args: string[]) => factsOf(folder, args);
  const first = async (name: string, email: string, client?: string) =>
    tokens.set(name, await devices.signIn(email, client));

  before(async () => {
    server = await aRunningServer();
    ({ folder, process: running } = server);
    database = join(folder, "valetkey-data", "valetkey.sqlite");
    const people = ["ada@example.com", "bob@example.com"];
    devices = await someDevices(server, ["app", "removed", "granted"], people);
    for (const name of ["goes on", "lost device"]) await first(name, "ada@example.com");
    await first("of bob", "bob@example.com");
    await first("of removed", "ada@example.com", "removed");
    await first("of granted", "ada@example.com", "granted");
  });

  it("copies the database of a running server for its owner's eyes only, and names the keys", async () => {
    // The real binary, once: the others answer the same in this process.
    const made = await facts(folder, ["backup", "copy.backup"]);
    assert.equal(made.file, join(folder, "copy.backup"));
    assert.equal(made.keys.length, 1);
    assert.match(made.keys[0], /^[0-9a-f]{8}$/);
    const { mode, size } = await stat(made.file);
    assert.deepEqual([mode & 0o777, size], [0o600, made.bytes]);
    const db = new DatabaseSync(made.file, { readOnly: true });
    assert.deepEqual(
      db.prepare("SELECT count(*) AS n FROM lineage").get(),
      Object.assign(Object.create(null), { n: 5 }),
    );
    const text = JSON.stringify(
      db.prepare("SELECT name, value FROM setting WHERE name LIKE 'backup-%'").all(),
    );
    db.close();
    assert.match(text, new RegExp(`backup-keys","value":"${made.keys[0]}"`));
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith("copy")),
      ["copy.backup"],
    );
    const { stdout } = await inProcess(folder, ["backup", "copy2.backup"]);
    assert.match(stdout, /^The keys are not in it\. It needs the keys [0-9a-f]{8} of .*valetkey\.keys/m);
  });

  it("replaces no copy without --force", async () => {
    const refused = await inProcess(folder, ["backup", "copy2.backup"]);
    assert.deepEqual([refused.status, refused.stdout], [2, ""]);
    assert.match(refused.stderr, /^FILE copy2\.backup: stands there already; --force replaces it/m);
    await run("backup", "copy2.backup", "--force");
  });

  it("is refused while the server runs, and changes nothing", async () => {
    const { status, stdout, stderr } = await inProcess(folder, ["restore", "copy.backup"]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /A server or another valetkey command has .* open\. Stop it first\./);
    assert.equal((await devices.refresh(token("of bob"))).status, 200);
  });

  it("keeps dead what died since, and lets those go on who went on", async () => {
    tokens.set("newest", await devices.refreshTimes(3, token("goes on")));
    const [grant] = await run("grants", "list", "--client", "app", "--account", "ada@example.com");
    const shown = await run("grants", "show", String(grant.grant_id));
    await run("grants", "end-lineage", String(shown.lineages[1].lineage_id));
    await run("grants", "end-all", "--client", "granted", "--yes");
    await run("client", "remove", "removed");
    await run("account", "disable", "bob@example.com");
    await first("made since", "ada@example.com", "granted");
    await running.stop();

    const restored = await run("restore", "copy.backup");
    assert.equal(restored.unknown, null);
    const { lineages_ended, lineages_moved_on, clients_removed, accounts_disabled, grants_ended } =
      restored.carried;
    assert.deepEqual([clients_removed, accounts_disabled], [1, 1]);
    assert.deepEqual([lineages_ended, lineages_moved_on, grants_ended], [4, 2, 1]);
    assert.equal(restored.replaced, `${database}.before-restore`);
    assert.equal((await stat(database)).mode & 0o777, 0o600);

    running = await started(folder, []);
    for (const name of ["lost device", "of bob", "of granted", "made since"]) {
      const { body } = await devices.refresh(
        token(name),
        name.includes("bob") || name.includes("lost") ? "app" : "granted",
      );
      assert.equal(body.error, "invalid_grant", name);
    }
    assert.equal((await devices.refresh(token("of removed"), "removed")).body.error, "invalid_client");
    assert.equal((await devices.refresh(token("newest"))).status, 200);
    const [bob] = (await run("account", "list")).filter(({ email }: { email: string }) =>
      email.startsWith("bob"),
    );
    assert.ok(bob.disabled_at);
    const db = new DatabaseSync(database, { readOnly: true });
    const sessions = db.prepare("SELECT count(*) AS n FROM session").get();
    const at = db.prepare("SELECT value FROM setting WHERE name = 'restored-at'").get();
    const next = db.prepare("SELECT next FROM id_block").get();
    db.close();
    assert.equal(sessions?.n, 0);
    assert.ok(Math.abs(Number(at?.value) - Date.now() / 1000) < 60);
    assert.ok(Number(next?.next) > 200, "no lineage number is given twice");
  });

  it("says plainly what it cannot know when the replaced database is gone or damaged", async () => {
    await running.stop();
    await writeFile(database, "This is no database at all, only a text of some length.".repeat(20));
    const told = await inProcess(folder, ["restore", "copy.backup"]);
    assert.equal(told.status, 0, told.stderr);
    assert.match(told.stdout, /The replaced one is .*\.before-restore\.2\./);
    assert.match(
      told.stdout,
      /^The replaced database cannot be read, so that nobody can tell what was ended/m,
    );
    assert.match(told.stdout, /work again/);
    await rm(database);
    assert.equal((await run("restore", "copy.backup")).unknown, "no-database");

    running = await started(folder, []);
    // Three generations ahead of the row: its client goes on, and the tokens below are dead.
    assert.equal((await devices.refresh(token("newest"))).status, 200);
    await first("after", "ada@example.com", "granted");
    const [grant] = await run("grants", "list", "--client", "granted");
    const { lineages } = await run("grants", "show", String(grant.grant_id));
    assert.ok(lineages.at(-1).lineage_id > 1_000_000_000, "numbers given since the backup are passed over");
    await running.stop();
  });

  it("is refused without the keys that it needs, by name", async () => {
    const keys = join(folder, "valetkey-data", "valetkey.keys");
    const { keys: needed } = await run("backup", "named.backup");
    await rename(keys, `${keys}.away`);
    const none = await inProcess(folder, ["restore", "named.backup"]);
    assert.equal(none.status, 1);
    assert.match(none.stderr, new RegExp(`There is no key file at .*needs the keys ${needed[0]}`));
    await writeFile(keys, `${Buffer.alloc(32, 7).toString("base64url")}\n`, { mode: 0o600 });
    const other = await inProcess(folder, ["restore", "named.backup"]);
    assert.equal(other.status, 1);
    assert.match(other.stderr, new RegExp(`needs keys that this server does not have: ${needed[0]}\\.`));
    await rename(`${keys}.away`, keys);
  });

  it("takes no backup of a newer program and no other file, and leaves everything as it was", async () => {
    const before = await readdir(join(folder, "valetkey-data"));
    await copyFile(join(folder, "copy.backup"), join(folder, "newer.backup"));
    const db = new DatabaseSync(join(folder, "newer.backup"));
    db.exec("INSERT INTO schema_version (number, name, applied_at) VALUES (9999, 'tomorrow', 0)");
    db.close();
    await writeFile(join(folder, "text.backup"), "no database ".repeat(200));
    new DatabaseSync(join(folder, "empty.backup")).exec("CREATE TABLE other (x)");
    for (const [file, says] of [
      ["newer.backup", /schema version 9999.*a newer Valetkey wrote it/],
      ["text.backup", /is no SQLite file/],
      ["empty.backup", /is no backup: it is no database of Valetkey/],
    ] as const) {
      const { status, stdout, stderr } = await inProcess(folder, ["restore", file]);
      assert.deepEqual([status, stdout], [1, ""]);
      assert.match(stderr, says);
    }
    assert.deepEqual(await readdir(join(folder, "valetkey-data")), before);
  });

  it("names every fault at once", async () => {
    for (const { args, faults } of [
      { args: ["backup"], faults: [/^FILE: where the copy goes is needed/] },
      {
        args: ["backup", "nowhere/x", "--frce"],
        faults: [/^--frce: there is no such/, /^FILE nowhere\/x: is in a folder/],
      },
      { args: ["backup", "valetkey-data"], faults: [/^FILE valetkey-data: is a folder/] },
      { args: ["restore", "nothing.backup"], faults: [/^FILE nothing\.backup: is no file/] },
      { args: ["restore", "valetkey-data/valetkey.sqlite"], faults: [/is the server's database itself/] },
    ]) {
      const { status, stdout, stderr } = await inProcess(folder, args);
      assert.deepEqual([status, stdout], [2, ""]);
      const told = stderr.split("\n\n")[0]?.split("\n") ?? [];
      assert.equal(told.length, faults.length, stderr);
      faults.forEach((fault, at) => {
        assert.match(told[at] ?? "", fault);
      });
    }
    const env = { VALETKEY_STORE: "postgres://me@127.0.0.1:1/db" };
    for (const args of [
      ["backup", "x"],
      ["restore", "copy.backup"],
    ]) {
      const { status, stderr } = await inProcess(folder, args, { env });
      assert.equal(status, 2);
      assert.match(stderr, /The store is PostgreSQL, which has its own tools: pg_/);
    }
  });
});
