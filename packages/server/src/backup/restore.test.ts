import assert from "node:assert/strict";
import { chmod, open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { aClient, anAccount, aSigningKey } from "../adapters/contract/records.ts";
import { KeyRing } from "../adapters/keys/ring.ts";
import type { SqlStore } from "../adapters/sql/store.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { copyStore } from "./copy.ts";
import { KeysMissing, type RestoreOptions, restoreStore } from "./restore.ts";
import { aServerWithACopy } from "./testing/a-copy.ts";

const ring = new KeyRing([{ id: "one", secret: Buffer.alloc(32, 1) }]);
const nothing = async () => undefined;

function restore(places: { location: string; file: string }, more: Partial<RestoreOptions> = {}) {
  return restoreStore({ ...places, ring: async () => ring, now: 9_000, by: "by ada", ...more });
}

async function opened(t: TestContext, location: string): Promise<SqlStore> {
  const store = await sqliteStore(location);
  t.after(() => store.close());
  return store;
}

describe("a copy that is put in place", () => {
  it("is for its owner's eyes only, whoever may read the copy, and says in the audit log what happened", async (t) => {
    const places = await aServerWithACopy(t, nothing, nothing);
    await chmod(places.file, 0o644);
    const { replaced, carried } = await restore(places);
    assert.equal((await stat(places.location)).mode & 0o777, 0o600);
    assert.equal(replaced, `${places.location}.before-restore`);
    assert.equal(typeof carried, "object");
    const store = await opened(t, places.location);
    const [event] = await store.journal.events(1);
    assert.deepEqual(event, {
      at: 9_000,
      what: "store.restored",
      detail: "a backup of 1970-01-01T00:33:20.000Z, by ada",
    });
    assert.equal(await store.settings.get("restored-at"), "9000");
  });

  it("takes nothing over from another server's database", async (t) => {
    const client = aClient();
    const places = await aServerWithACopy(
      t,
      async (store) => void (await store.clients.add(client)),
      nothing,
    );
    const other = await aServerWithACopy(
      t,
      async (store) => {
        await store.accounts.add(anAccount({ createdAt: 8_000 }));
        await store.accessTokens.revoke("theirs", 100_000, 1_000);
      },
      nothing,
    );
    const { carried } = await restore({ file: places.file, location: other.location });
    assert.equal(carried, "another-store");
    const store = await opened(t, other.location);
    assert.deepEqual(await store.clients.list(), [client]);
    assert.equal(await store.accessTokens.isRevoked("theirs"), false);
    assert.ok((await store.lineages.nextId()) > 1_000_000_000, "numbers are passed over all the same");
  });

  it("is refused when it is damaged, or needs a key that is not there, and everything is as it was", async (t) => {
    const places = await aServerWithACopy(
      t,
      async (store) => void (await store.signingKeys.add(aSigningKey({ sealedBy: "two" }), 0)),
      nothing,
    );
    const since = aClient();
    const store = await sqliteStore(places.location);
    await store.clients.add(since);
    await store.close();
    const files = async () =>
      (await readdir(dirname(places.location))).filter((name) => !name.endsWith(".lock"));
    const names = await files();
    await assert.rejects(restore(places), (thrown) => {
      assert.ok(thrown instanceof KeysMissing);
      assert.deepEqual(thrown.missing, ["two"]);
      return true;
    });
    await spoil(places.file, "trace_step");
    await assert.rejects(restore(places), /damaged/);
    assert.deepEqual(await files(), names);
    assert.deepEqual(await (await opened(t, places.location)).clients.list(), [since]);
  });

  it("replaces a database that is damaged, and says that nobody can know what was ended", async (t) => {
    const places = await aServerWithACopy(t, nothing, async (store) => {
      await store.accessTokens.revoke("late", 100_000, 1_000);
    });
    await spoil(places.location, "trace_step");
    const { carried, replaced } = await restore(places);
    assert.equal(carried, "unreadable");
    assert.ok(replaced);
    const store = await opened(t, places.location);
    assert.equal(await store.accessTokens.isRevoked("late"), false);
  });
});

describe("a copy", () => {
  it("that may not replace what stands there leaves that as it is, and no draft", async (t) => {
    const { location, file } = await aServerWithACopy(t, nothing, nothing);
    const folder = dirname(file);
    await writeFile(join(folder, "mine"), "mine");
    const names = await readdir(folder);
    const store = await sqliteStore(location);
    const copy = (mayReplace: boolean) =>
      copyStore(store, { location, file: join(folder, "mine"), mayReplace, now: 3_000 });
    await assert.rejects(copy(false), { code: "EEXIST" });
    assert.equal(await readFile(join(folder, "mine"), "utf8"), "mine");
    const { size } = await copy(true);
    assert.equal((await stat(join(folder, "mine"))).size, size);
    await store.close();
    assert.deepEqual(await readdir(folder), names);
  });
});

/** Overwrites the page on which a table begins, as a failing disk would: only who reads that table meets it. */
async function spoil(file: string, table: string): Promise<void> {
  const db = new SqliteConnection(file);
  const [row] = db.all("SELECT rootpage AS page FROM sqlite_schema WHERE name = ?", [table]);
  const [size] = db.all("PRAGMA page_size", []);
  db.all("PRAGMA wal_checkpoint(TRUNCATE)", []);
  db.close();
  const bytes = Number(size?.page_size);
  const handle = await open(file, "r+");
  await handle.write(Buffer.alloc(bytes, 0xff), 0, bytes, (Number(row?.page) - 1) * bytes);
  await handle.close();
}
