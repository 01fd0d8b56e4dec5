import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { until } from "../contract/place.ts";
import { sqliteStore } from "../sqlite/store.ts";
import { keepHouse } from "./housekeeping.ts";

const rows = 150;
const fill = (table: string, key: string) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
   INSERT INTO ${table} (${key}, expires_at) SELECT randomblob(32), 5 FROM n`;

it("collects a backlog on SQLite few rows of one table a commit, with a turn of the event loop after each", async () => {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-collecting-"));
  const path = join(folder, "valetkey.db");
  const commits: { turn: number; proofs: number; assertions: number }[] = [];
  const left = () => {
    const count = beside.prepare(
      "SELECT (SELECT count(*) FROM dpop_proof) AS proofs, (SELECT count(*) FROM assertion) AS assertions",
    );
    const row = count.get();
    return { proofs: Number(row?.proofs), assertions: Number(row?.assertions) };
  };
  // What the commit before this one left, and the turn in which this one comes.
  const store = await sqliteStore(path, {
    beforeCommit() {
      commits.push({ turn, ...left() });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3);
    },
  });
  const beside = new DatabaseSync(path);
  beside.exec(fill("dpop_proof", "id_hash"));
  beside.exec(fill("assertion", "id_hash"));
  let turn = 0;
  const ticking = setInterval(() => {
    turn += 1;
  }, 0);
  const house = keepHouse({
    store,
    keys: { refresh: async () => {} },
    clock: { now: () => 1_000 },
    keep: { unused: 0, events: 0 },
    failed: (thrown) => assert.fail(String(thrown)),
    every: 0.3,
  });
  try {
    await until(() => left().proofs + left().assertions === 0);
  } finally {
    await house.stop();
    clearInterval(ticking);
    beside.close();
    await store.close();
    await rm(folder, { recursive: true });
  }
  for (const [index, after] of commits.entries()) {
    const before = commits[index - 1];
    if (!before) continue;
    const gone = [before.proofs - after.proofs, before.assertions - after.assertions];
    assert.ok(Math.max(...gone) <= 50, `${gone} rows in one commit`);
    assert.equal(Math.min(...gone), 0, "rows of two tables in one commit");
    assert.ok(after.turn > before.turn, "no timer ran between two commits");
  }
  assert.ok(commits.length > 8);
});
