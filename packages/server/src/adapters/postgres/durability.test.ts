import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { StoreUnavailable } from "../../ports/store.ts";
import { postgresPlace } from "../contract/postgres-place.ts";
import { aCode, earnedBy } from "../contract/records.ts";
import type { SqlStore } from "../sql/store.ts";
import { DurabilityOff, failoverWarning, requireDurable } from "./durability.ts";
import { postgresStore } from "./store.ts";

describe("postgres durability", () => {
  let place: Awaited<ReturnType<typeof postgresPlace>>;
  let store: SqlStore;
  let beside: pg.Client;
  before(async () => {
    place = await postgresPlace();
    store = await place.open();
    beside = new pg.Client(place.url);
    await beside.connect();
    await place.execute(atCommit);
  });
  after(async () => {
    await beside.end();
    await place.remove();
  });

  /** What the trigger does when a lineage is about to be committed. */
  const whenCommitting = (what: "hold" | "fail" | "conflict" | "conflict twice" | "go") =>
    beside.query("UPDATE at_commit SET what = $1", [what]);

  /** Resolves when a connection of the store waits for a lock of this kind. */
  async function waitingFor(event: "advisory" | "transactionid"): Promise<void> {
    for (let turns = 0; turns < 400; turns++) {
      const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = $1";
      if ((await beside.query(waiting, [event])).rows.length > 0) return;
      await pause(10);
    }
    throw new Error(`nobody waited for ${event}`);
  }

  it("[I2-DURABLE] runs with fsync and synchronous_commit on, as the running server tells", async () => {
    const { fsync, synchronous_commit } = await store.durability();
    assert.deepEqual({ fsync, synchronous_commit }, { fsync: "on", synchronous_commit: "on" });
  });

  it("[I2-DURABLE] refuses to start where synchronous_commit is off, naming it and what to change", async () => {
    const url = new URL(place.url);
    url.searchParams.set("options", "-c synchronous_commit=off");
    await assert.rejects(postgresStore(url.href), (error) => {
      assert.ok(error instanceof DurabilityOff);
      assert.equal(error.setting, "synchronous_commit");
      assert.match(error.message, /synchronous_commit = off.*ALTER SYSTEM SET synchronous_commit = on/);
      return true;
    });
    const name = new URL(place.url).pathname.slice(1);
    await beside.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await assert.rejects(postgresStore(place.url), DurabilityOff);
    await beside.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
  });

  it("refuses fsync = off, naming it", () => {
    const settings = { fsync: "off", synchronous_commit: "on", synchronous_standby_names: "" };
    assert.throws(() => requireDurable(settings), /fsync = off.*ALTER SYSTEM SET fsync = on/);
  });

  it("says at start what a failover can lose without a synchronous standby", async () => {
    const told: string[] = [];
    const another = await postgresStore(place.url, { warn: (sentence) => told.push(sentence) });
    await another.close();
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /failover can lose/);
    const standby = { fsync: "on", synchronous_commit: "on", synchronous_standby_names: "one" };
    assert.equal(failoverWarning(standby), undefined);
    assert.match(failoverWarning({ ...standby, synchronous_commit: "local" }) ?? "", /failover can lose/);
  });

  it("[O21-AS-24 I2-DURABLE I2-IN-FLIGHT] answers nobody while the winner's commit hangs; then the loser finds the winner's lineage", async () => {
    const code = aCode();
    // Of one node the loser would wait its turn here; of two, both wait in the database.
    const there = await place.open();
    await store.codes.save(code);
    await beside.query("SELECT pg_advisory_lock(42)");
    await whenCommitting("hold");
    const answers: string[] = [];
    const winner = store.codes
      .redeem(code.codeHash, earnedBy(code), 1_010)
      .then((one) => answers.push(`winner ${one}`));
    await waitingFor("advisory");
    const loser = there.codes.redeem(code.codeHash, earnedBy(code), 1_011).then(async (one) => {
      const ended = await store.lineages.endOfCode(code.codeHash, "code.replayed", 1_012);
      answers.push(`loser ${one}, ended ${ended}`);
    });
    await waitingFor("transactionid");
    await pause(50);
    assert.deepEqual(answers, []);
    assert.equal((await store.codes.find(code.codeHash))?.spentAt, null);

    await whenCommitting("go");
    await beside.query("SELECT pg_advisory_unlock(42)");
    await Promise.all([winner, loser]);
    assert.deepEqual(answers.toSorted(), ["loser replayed, ended 1", "winner fresh"]);
    const [lineage, ...others] = await store.lineages.listOf(code.grantId);
    assert.deepEqual(others, []);
    assert.equal(lineage?.endReason, "code.replayed");
  });

  it("[O21-AS-24 I2-DURABLE] rejects when COMMIT fails, and nothing stands", async () => {
    const code = aCode();
    await store.codes.save(code);
    await whenCommitting("fail");
    await assert.rejects(store.codes.redeem(code.codeHash, earnedBy(code), 1_010), /refused at commit/);
    await whenCommitting("go");
    assert.equal((await store.codes.find(code.codeHash))?.spentAt, null);
    assert.deepEqual(await store.lineages.listOf(code.grantId), []);
    assert.equal(await store.codes.redeem(code.codeHash, earnedBy(code), 1_020), "fresh");
  });

  it("tells a lost connection as StoreUnavailable, leaves nothing of it, and recovers by itself", async () => {
    const code = aCode();
    await store.codes.save(code);
    await beside.query("SELECT pg_advisory_lock(42)");
    await whenCommitting("hold");
    const lost = assert.rejects(store.codes.redeem(code.codeHash, earnedBy(code), 1_010), StoreUnavailable);
    await waitingFor("advisory");
    await beside.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await lost;
    await whenCommitting("go");
    await beside.query("SELECT pg_advisory_unlock(42)");
    assert.equal((await store.codes.find(code.codeHash))?.spentAt, null);
    assert.equal(await store.codes.redeem(code.codeHash, earnedBy(code), 1_020), "fresh");
  });

  it("tells at start in the driver's words that no server is there", async () => {
    const nowhere = "postgres://nobody:x@127.0.0.1:1/none";
    await assert.rejects(postgresStore(nowhere), { code: "ECONNREFUSED" });
  });

  it("tries again what PostgreSQL took back to end a conflict, a bounded number of times", async () => {
    const conflicts = async () =>
      Number((await beside.query("SELECT last_value FROM conflict")).rows[0].last_value);
    const code = aCode();
    await store.codes.save(code);
    await whenCommitting("conflict twice");
    assert.equal(await store.codes.redeem(code.codeHash, earnedBy(code), 1_010), "fresh");
    assert.equal(await conflicts(), 3);
    assert.equal((await store.lineages.listOf(code.grantId)).length, 1);

    const another = aCode();
    await store.codes.save(another);
    await whenCommitting("conflict");
    await assert.rejects(store.codes.redeem(another.codeHash, earnedBy(another), 1_010), { code: "40001" });
    await whenCommitting("go");
    assert.equal(await conflicts(), 3 + 6);
    assert.equal((await store.codes.find(another.codeHash))?.spentAt, null);
  });
});

/** A deferred trigger runs inside COMMIT: through it a test holds or fails the commit of the code as it is in use. */
const atCommit = `
  CREATE TABLE at_commit (what TEXT NOT NULL);
  INSERT INTO at_commit VALUES ('go');
  CREATE SEQUENCE conflict;
  CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE wanted TEXT := (SELECT what FROM at_commit);
    BEGIN
      IF wanted = 'hold' THEN PERFORM pg_advisory_xact_lock_shared(42); END IF;
      IF wanted = 'fail' THEN RAISE EXCEPTION 'refused at commit'; END IF;
      IF wanted LIKE 'conflict%' AND (nextval('conflict') <= 2 OR wanted = 'conflict') THEN
        RAISE EXCEPTION 'taken back' USING ERRCODE = '40001';
      END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON lineage DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION at_commit();
`;
