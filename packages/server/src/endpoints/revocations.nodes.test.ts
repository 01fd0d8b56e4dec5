import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { postgresStore } from "../adapters/postgres/store.ts";
import { type Reader, readAll, readFeed, told } from "../testing/a-feed.ts";
import { aLookout } from "../testing/a-program.ts";
import { type AServer, aServer, mcp } from "../testing/a-server.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { spec } from "../testing/spec.ts";

describe("the revocation feed of two nodes on one PostgreSQL", () => {
  let database: TestDatabase;
  let one: AServer;
  let other: AServer;
  let reader: Reader;

  before(async () => {
    database = await freshDatabase();
    const open = async () => await aServer({ store: await postgresStore(database.url) });
    one = await open();
    other = await open();
    reader = await aLookout(one, mcp);
  });
  after(async () => {
    await Promise.all([one.close(), other.close()]);
    await database.drop();
  });

  const revoke = (node: AServer, jti: string) =>
    node.store.accessTokens.revoke(jti, node.clock.now() + 600, node.clock.now());

  spec("I4-FEED", "tells who waits at one what ended at the other", async () => {
    const { next } = await readAll(one, reader);
    const waiting = readFeed(one, reader, next, 10);
    await revoke(other, "elsewhere");
    const from = performance.now();
    assert.deepEqual(told((await waiting).events), ["token elsewhere"]);
    assert.ok(performance.now() - from < 2_000);
  });

  spec(
    "I4-FEED",
    "loses nothing for a reader that is sent from one to the other at every question",
    async () => {
      let cursor: string | undefined;
      const seen = new Set<string>();
      for (let round = 0; round < 20; round++) {
        await revoke(round % 3 === 0 ? one : other, `round ${round}`);
        const page = await readAll(round % 2 === 0 ? one : other, reader, cursor);
        for (const { id } of page.events) seen.add(id);
        cursor = page.next;
        assert.ok(seen.has(`round ${round}`));
      }
    },
  );

  spec("I4-FEED", "tells such a reader no longer what ended more than a minute before it asked", async () => {
    await revoke(one, "long ago");
    let { next } = await readAll(one, reader);
    for (const node of [one, other]) node.clock.advance(61);
    const again = await readAll(other, reader, next);
    assert.ok(told(again.events).includes("token long ago"));
    await revoke(one, "just now");
    next = again.next;
    for (const node of [one, other, one]) {
      const page = await readAll(node, reader, next);
      assert.deepEqual(told(page.events), ["token just now"]);
      next = page.next;
    }
  });
});
