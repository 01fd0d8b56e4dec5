import type { TestContext } from "node:test";
import pg from "pg";
import { openStore } from "../../packages/server/src/adapters/open-store.ts";
import { sqliteStore } from "../../packages/server/src/adapters/sqlite/store.ts";
import { listen } from "../../packages/server/src/http/node.ts";
import type { Store } from "../../packages/server/src/ports/store.ts";
import { aServer } from "../../packages/server/src/testing/a-server.ts";
import { freshDatabase } from "../../packages/server/src/testing/postgres.ts";
import { aNode } from "./a-node.ts";
import { Caller } from "./ask.ts";
import { removeFolder, temporaryFolder } from "./in-process.ts";
import { type Parties, seedParties } from "./parties.ts";
import { issuer } from "./plan.ts";

/** Everything that serves one store, and the store beside it. */
export interface Place {
  readonly callers: readonly [Caller, ...Caller[]];
  readonly store: Store;
  readonly parties: Parties;
}

/** A commit that a test can hold up or make fail. */
export interface Commits {
  hold(): Promise<void>;
  fail(): Promise<void>;
  go(): Promise<void>;
  /** Resolves when as many redemptions as that wait for the commit, or for one that waits for it. */
  waiting(count: number): Promise<void>;
}

async function onSqlite(t: TestContext): Promise<Place & { readonly commits: Commits }> {
  let what: "go" | "hold" | "fail" = "go";
  let held = Promise.withResolvers<void>();
  let came = Promise.withResolvers<void>();
  const store = await sqliteStore(":memory:", {
    beforeCommit: () => {
      if (what === "fail") throw new Error("the disk is gone");
      if (what !== "hold") return;
      came.resolve();
      return held.promise;
    },
  });
  const server = await aServer({ issuer, store, now: Math.floor(Date.now() / 1000) });
  const listener = await listen(server.handle, server.audit, {
    host: "127.0.0.1",
    port: 0,
    trustedProxies: [],
  });
  const caller = new Caller(listener.port);
  t.after(async () => {
    held.resolve();
    caller.close();
    await listener.close(1_000);
    await server.close();
  });
  const commits: Commits = {
    async hold() {
      what = "hold";
      held = Promise.withResolvers();
      came = Promise.withResolvers();
    },
    async fail() {
      what = "fail";
    },
    async go() {
      what = "go";
      held.resolve();
    },
    waiting: () => came.promise,
  };
  return { callers: [caller], store, parties: await seedParties(store), commits };
}

async function onPostgres(t: TestContext, nodes: number): Promise<Place & { readonly commits: Commits }> {
  const folder = await temporaryFolder();
  const database = await freshDatabase();
  const beside = new pg.Client(database.url);
  beside.on("error", () => {}); // the database is dropped under it when a test fails
  const first = await aNode({ folder, store: database.url });
  const others = await Promise.all(
    Array.from({ length: nodes - 1 }, () => aNode({ folder, store: database.url })),
  );
  await beside.connect();
  await beside.query(atCommit);
  const store = await openStore(database.url);
  t.after(async () => {
    await beside.query("SELECT pg_advisory_unlock_all()").catch(() => undefined);
    for (const node of [first, ...others]) await node.stop();
    await store.close();
    await beside.end();
    await database.drop();
    await removeFolder(folder);
  });
  const say = (what: string) => beside.query("UPDATE at_commit SET what = $1", [what]);
  const commits: Commits = {
    async hold() {
      await beside.query("SELECT pg_advisory_lock(42)");
      await say("hold");
    },
    async fail() {
      await say("fail");
    },
    async go() {
      await say("go");
      await beside.query("SELECT pg_advisory_unlock_all()");
    },
    async waiting(count) {
      const question = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await beside.query(question)).rows.length < count)
        await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
  return {
    callers: [first.caller, ...others.map(({ caller }) => caller)],
    store,
    parties: await seedParties(store),
    commits,
  };
}

/** A deferred trigger runs inside COMMIT: through it a test holds or fails the commit of the code as it is in use. */
const atCommit = `
  CREATE TABLE at_commit (what TEXT NOT NULL);
  INSERT INTO at_commit VALUES ('go');
  CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE wanted TEXT := (SELECT what FROM at_commit);
    BEGIN
      IF wanted = 'hold' THEN PERFORM pg_advisory_xact_lock_shared(42); END IF;
      IF wanted = 'fail' THEN RAISE EXCEPTION 'refused at commit'; END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT OR UPDATE ON lineage DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION at_commit();
`;

/** The same attack on both. */
export const places = [
  { name: "on SQLite", open: onSqlite },
  { name: "on two nodes of one PostgreSQL", open: (t: TestContext) => onPostgres(t, 2) },
];
