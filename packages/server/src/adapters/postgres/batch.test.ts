import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import pg from "pg";
import { StoreUnavailable } from "../../ports/store.ts";
import { type Result, required, statement } from "../sql/database.ts";
import { Batches } from "./batch.ts";

describe("batches", () => {
  let sent: {
    readonly sql: string;
    readonly keys: unknown;
    readonly answer: (outcome: Result | Error) => void;
  }[];
  let batches: Batches;
  beforeEach(() => {
    sent = [];
    batches = new Batches((sql, values) => {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      const answer = (outcome: Result | Error) =>
        outcome instanceof Error ? reject(outcome) : resolve(outcome);
      sent.push({ sql, keys: values[1], answer });
      return promise;
    });
  });

  const write = (key: string | number, value = 1) =>
    batches.add([required("UPDATE t SET a = ? WHERE id = ?", value, key)]) ?? assert.fail("goes its own way");
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const positions = (...told: number[]): Result => ({
    changes: told.length,
    rows: told.map((position) => ({ position })),
  });
  function failure(code: string): pg.DatabaseError {
    const error = new pg.DatabaseError("refused", 0, "error");
    error.code = code;
    return error;
  }

  it("sends what came in one turn as one statement, sorted by key, and tells each caller its own outcome", async () => {
    const commits = [9, 3, 10, 5].map((key) => write(key));
    await turn();
    assert.deepEqual(
      sent.map(({ keys }) => keys),
      [[3, 5, 9, 10]],
    );
    sent[0]?.answer(positions(1, 4));
    assert.deepEqual(
      (await Promise.all(commits)).map(({ stands }) => stands),
      [false, true, true, false],
    );
  });

  it("sends a lone write as it is written", async () => {
    const commit = write(1);
    await turn();
    assert.equal(sent[0]?.sql, "UPDATE t SET a = ? WHERE id = ?");
    sent[0]?.answer({ changes: 1, rows: [] });
    assert.deepEqual(await commit, { stands: true, results: [{ changes: 1, rows: [] }] });
  });

  it("has two statements of the same texts under way, the rest waits and goes together, at most 128", async () => {
    const commits = Promise.all(Array.from({ length: 400 }, (_, key) => write(key)));
    await turn();
    assert.deepEqual(
      sent.map(({ keys }) => (keys as unknown[]).length),
      [128, 128],
    );
    sent[0]?.answer(positions());
    await turn();
    sent[1]?.answer(positions());
    await turn();
    assert.deepEqual(
      sent.map(({ keys }) => (keys as unknown[]).length),
      [128, 128, 128, 16],
    );
    for (const { answer } of sent.slice(2)) answer(positions());
    assert.equal((await commits).length, 400);
  });

  it("never has one key twice under way: writes of one row go one after the other, as they came", async () => {
    const order: number[] = [];
    const commits = [1, 2, 3].map((value) => write("row", value).then(() => order.push(value)));
    const other = write("other");
    await turn();
    assert.equal(sent.length, 1);
    sent[0]?.answer(positions(1, 2));
    await other;
    await turn();
    assert.equal(sent.length, 2);
    sent[1]?.answer(positions(1));
    await turn();
    sent[2]?.answer(positions(1));
    await Promise.all(commits);
    assert.deepEqual(order, [1, 2, 3]);
  });

  for (const [what, code] of [
    ["refused", "23505"],
    ["waited too long for a row of", "55P03"],
    ["cancelled", "57014"],
  ] as const) {
    it(`sends each write alone when the server ${what} them together, so that one at fault takes none along`, async () => {
      const settled = Promise.allSettled([write(1), write(2), write(3)]);
      await turn();
      sent[0]?.answer(failure(code));
      await turn();
      assert.equal(sent.length, 4);
      sent[1]?.answer({ changes: 1, rows: [] });
      sent[2]?.answer(failure(code));
      sent[3]?.answer({ changes: 0, rows: [] });
      const [first, second, third] = await settled;
      assert.equal(first.status === "fulfilled" && first.value.stands, true);
      assert.equal(second.status, "rejected");
      assert.equal(third.status === "fulfilled" && third.value.stands, false);
    });
  }

  for (const [what, lost] of [
    ["the connection is lost", new Error("Connection terminated unexpectedly")],
    ["the operator stops the server", failure("57P01")],
  ] as const) {
    it(`tells all of them that nothing is known when ${what}, and sends nothing again`, async () => {
      const settled = Promise.allSettled([write(1), write(2)]);
      await turn();
      sent[0]?.answer(lost);
      for (const one of await settled) {
        assert.ok(one.status === "rejected" && one.reason instanceof StoreUnavailable);
      }
      await turn();
      assert.equal(sent.length, 1);
      const next = write(1);
      await turn();
      sent[1]?.answer({ changes: 1, rows: [] });
      assert.equal((await next).stands, true);
    });
  }

  it("is idle when everything that waits is settled, failed or not", async () => {
    const settled = Promise.allSettled([write(1), write(1)]);
    let isIdle = false;
    const idle = batches.idle().then(() => {
      isIdle = true;
    });
    await turn();
    sent[0]?.answer(failure("23505"));
    await turn();
    assert.equal(isIdle, false);
    sent[1]?.answer({ changes: 1, rows: [] });
    await Promise.all([settled, idle]);
  });

  it("leaves to others what is no write of one row", () => {
    assert.equal(batches.add([statement("UPDATE t SET a = ? WHERE id = ?", 1, null)]), undefined);
    assert.equal(batches.add([statement("SELECT a FROM t")]), undefined);
  });
});
