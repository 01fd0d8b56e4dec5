import assert from "node:assert/strict";
import { afterEach, beforeEach, describe } from "node:test";
import { aStoppedFeed, readAllAt } from "../testing/a-stopped-feed.ts";
import { spec } from "../testing/spec.ts";
import { RecentEndings } from "./recent-endings.ts";
import type { FeedPage, RevocationFeed } from "./revocation-feed.ts";

describe("a node's feed while time stands still", () => {
  let place: ReturnType<typeof aStoppedFeed>;
  let node: RevocationFeed;
  let next: string;
  beforeEach(async () => {
    place = aStoppedFeed();
    node = place.node();
    next = (await node.read("reader", undefined, 0)).next;
  });
  afterEach(() => {
    node.close();
    place[Symbol.dispose]();
  });

  /** A question, and its answer as soon as there is one. */
  function asking(after: string, wait: number, at = node, reader = "reader") {
    const asked: { page?: FeedPage; readonly done: Promise<FeedPage> } = {
      done: at.read(reader, after, wait),
    };
    asked.done.then(
      (page) => {
        asked.page = page;
      },
      () => undefined,
    );
    return asked;
  }
  const idsOf = (page: FeedPage | undefined) => page?.events.map(({ id }) => id);

  spec("I4-FEED", "wakes who waits at once when it is told that something ended here", async () => {
    const asked = asking(next, 20);
    await place.settle();
    place.endings.add("here", place.now());
    await place.settle();
    assert.equal(asked.page, undefined);
    node.nudge();
    await place.settle();
    assert.deepEqual(idsOf(asked.page), ["here"]);
  });

  spec("I4-FEED", "looks for what ended elsewhere five times a second while somebody waits", async () => {
    const asked = asking(next, 20);
    await place.advance(1);
    // By a clock that is a little behind.
    place.endings.add("elsewhere", place.now() - 4);
    await place.advance(0.3);
    assert.deepEqual(idsOf(asked.page), ["elsewhere"]);
  });

  spec("I4-FEED", "finds within two seconds what was dated back by all that clocks may differ", async () => {
    const asked = asking(next, 20);
    await place.advance(1);
    place.endings.add("dated back", place.now() - 55);
    await place.advance(2.3);
    assert.deepEqual(idsOf(asked.page), ["dated back"]);
  });

  spec("I4-FEED", "calls its news no younger than the beginning of the look", async () => {
    let open: () => void = () => undefined;
    place.endings.gate = new Promise((resolve) => {
      open = resolve;
    });
    const asked = asking(next, 0);
    await place.settle();
    await place.advance(3);
    open();
    assert.equal((await asked.done).waited, 0);
  });

  spec("I4-FEED", "answers by no look that began before the question", async () => {
    let open: () => void = () => undefined;
    place.endings.gate = new Promise((resolve) => {
      open = resolve;
    });
    const before = asking(next, 0);
    await place.settle();
    place.endings.add("between", place.now());
    const after = asking(next, 0);
    await place.settle();
    open();
    await Promise.all([before.done, after.done]);
    assert.deepEqual(idsOf(after.page), ["between"]);
  });

  spec("I4-FEED", "says how old its news are: from the question to the look", async () => {
    const asked = asking(next, 5);
    await place.advance(5.3);
    const { waited } = asked.page ?? assert.fail("no answer");
    assert.ok(waited >= 4.5 && waited <= 5, String(waited));
  });

  spec("I4-FEED", "looks at nothing half a minute after the last question", async () => {
    await place.advance(35);
    const { looks } = place.endings;
    await place.advance(10);
    assert.equal(place.endings.looks, looks);
  });

  spec("I4-FEED", "loses nothing that ended while nobody asked", async () => {
    await place.advance(100);
    place.endings.add("meanwhile", place.now());
    await place.advance(100);
    assert.deepEqual((await readAllAt([node], next)).ids, ["meanwhile"]);
  });

  spec("I4-FEED", "tells each ending once, however often it looks", async () => {
    const seen: string[] = [];
    for (let turn = 0; turn < 40; turn++) {
      if (turn % 10 === 0) place.endings.add(`${turn}`, place.now());
      await place.advance(5);
      const { ids, next: behind } = await readAllAt([node], next);
      seen.push(...ids);
      next = behind;
    }
    assert.deepEqual(seen, ["0", "10", "20", "30"]);
  });

  spec("I4-FEED", "tells a reader that was away what the node no longer has a number for", async () => {
    place.endings.add("old", place.now());
    let other = next;
    for (let turn = 0; turn < 20; turn++) {
      await place.advance(10);
      other = (await readAllAt([node], other)).next;
    }
    place.endings.add("new", place.now());
    assert.deepEqual((await readAllAt([node], next)).ids.toSorted(), ["new", "old"]);
  });

  spec("I4-FEED", "loses nothing for who waits while the store answers nobody", async () => {
    place.endings.add("before", place.now());
    // Until no look goes back to what ended before.
    for (let turn = 0; turn < 7; turn++) {
      next = (await readAllAt([node], next)).next;
      await place.advance(10);
    }
    const asked = asking(next, 25);
    await place.advance(0.5);
    let open: () => void = () => undefined;
    place.endings.gate = new Promise((resolve) => {
      open = resolve;
    });
    await place.advance(20);
    place.endings.add("during", place.now() - 10);
    open();
    await place.advance(6);
    assert.ok(idsOf(asked.page)?.includes("during"));
  });

  spec("I4-FEED", "answers at once whoever would be the thousand and first to wait", async () => {
    const wait = (count: number) =>
      Array.from({ length: count }, (_, index) => asking(next, 20, node, `reader ${index % 50}`));
    for (let turn = 0; turn < 4; turn++) {
      const waiting = wait(1_000);
      await place.settle();
      const beyond = asking(next, 20, node, "one more");
      await place.settle();
      assert.deepEqual([beyond.page?.events, waiting.filter(({ page }) => page).length], [[], 0]);
      await place.advance(20.5);
      assert.ok(waiting.every(({ page }) => page));
    }
  });

  spec("I4-FEED", "begins anew for a cursor whose place is none", async () => {
    place.endings.add("one", place.now());
    const live = /^(1\.\d+\.[0-9a-f]+\.\d+)/.exec(next)?.[1] ?? assert.fail();
    const id = Buffer.from("no number").toString("base64url");
    const page = await node.read("reader", `${live}.0.${place.now()}.${place.now()}.${id}`, 0);
    assert.deepEqual([idsOf(page), typeof page.since], [["one"], "number"]);
  });

  const many = (count: number, at = place.now()) =>
    Array.from({ length: count }, (_, index) => ({
      kind: "token" as const,
      id: `t${String(index).padStart(6, "0")}`,
      at,
    }));

  spec(
    "I4-FEED",
    "comes to the end of thousands for a reader sent to another node at each question",
    async () => {
      await place.advance(100);
      const rows = many(2_300);
      place.endings.addAll(rows);
      await place.advance(100);
      const nodes = [node, place.node(), place.node(), place.node()];
      const { ids, pages } = await readAllAt(nodes);
      assert.deepEqual(
        [...new Set(ids)],
        rows.map(({ id }) => id),
      );
      assert.equal(pages.filter(({ since }) => since !== undefined).length, 1, "begun once");
      for (const one of nodes) one.close();
    },
  );

  spec("I4-FEED", "begins but once for a reader that takes its time between pages", async () => {
    place.endings.addAll(many(1_500));
    await place.advance(5);
    const first = await node.read("reader", undefined, 0);
    await place.advance(5);
    const { pages } = await readAllAt([node], first.next);
    assert.deepEqual([typeof first.since, pages.map(({ since }) => since)], ["number", [undefined]]);
  });

  for (const { where, nodes } of [
    { where: "where the reading began", nodes: (here: RevocationFeed) => [here] },
    { where: "at another node", nodes: (_here: RevocationFeed, there: RevocationFeed) => [there] },
  ]) {
    spec("I4-FEED", `tells what appears behind the place that a reader has reached, ${where}`, async () => {
      const other = place.node();
      place.endings.addAll(many(1_500));
      await place.advance(45);
      const first = await node.read("reader", undefined, 0);
      // The other node begins to look too late to see it.
      place.endings.add("late", place.now() - 55);
      // So long that its own minute has passed.
      for (let turn = 0; turn < 7; turn++) {
        await place.advance(10);
        for (const one of [node, other]) await one.read("another", undefined, 0);
      }
      const [second] = (await readAllAt(nodes(node, other), first.next)).pages;
      assert.equal(second?.more, true);
      assert.ok((await readAllAt(nodes(node, other), second.next)).ids.includes("late"));
      other.close();
    });
  }

  for (const { how, read } of [
    { how: "had just begun", read: async () => (await node.read("reader", undefined, 0)).next },
    { how: "followed", read: async () => (await node.read("reader", next, 0)).next },
  ]) {
    spec("I4-FEED", `tells a reader that ${how} elsewhere what was dated back and came after`, async () => {
      const other = place.node();
      await place.advance(10);
      const cursor = await read();
      place.endings.add("dated back", place.now() - 55);
      // The other node has seen it before the reader comes.
      await other.read("another", undefined, 0);
      assert.deepEqual((await readAllAt([other], cursor)).ids, ["dated back"]);
      other.close();
    });
  }

  spec(
    "I4-FEED",
    "tells a reader that is thousands behind from where it was, at another node too",
    async () => {
      place.endings.addAll(many(1_500));
      for (let turn = 0; turn < 7; turn++) {
        await place.advance(10);
        await node.read("another", undefined, 0);
      }
      const page = await node.read("reader", next, 0);
      assert.deepEqual([page.events.length, page.more], [1_000, true]);
      await place.advance(120);
      const other = place.node();
      const { ids } = await readAllAt([other], page.next);
      assert.equal(new Set([...page.events.map(({ id }) => id), ...ids]).size, 1_500);
      other.close();
    },
  );

  spec(
    "I4-FEED",
    "keeps two hundred thousand numbers at most, and tells the rest from the store",
    async () => {
      node.close();
      const recent = new RecentEndings(place.store, place.clock);
      await recent.look();
      const { epoch } = recent;
      // Dated so that only every tenth look goes back to it.
      const rows = many(200_500, place.now() - 30);
      place.endings.addAll(rows);
      await place.advance(2.5);
      await recent.look();
      assert.deepEqual([recent.last, recent.has(epoch, 0), recent.has(epoch, 500)], [200_500, false, true]);
      assert.deepEqual(recent.behind(500, 1), [rows[500]]);
      recent.close();
    },
  );
});
