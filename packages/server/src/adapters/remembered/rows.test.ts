import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RememberedRows } from "./rows.ts";

/** A database of one table, whose rows change when the test says so, and which counts what it is asked. */
function aTable() {
  const rows = new Map<string, { word: string }>();
  let version = 1;
  let asked = 0;
  return {
    version: () => version,
    asked: () => asked,
    write(key: string, word: string) {
      rows.set(key, { word });
      version += 1;
    },
    read(key: string) {
      return async () => {
        asked += 1;
        const row = rows.get(key);
        return row && { ...row };
      };
    },
  };
}

describe("remembered rows", () => {
  it("are read once while nothing is written, and anew after any write to their table", async () => {
    const table = aTable();
    table.write("a", "one");
    const memory = new RememberedRows<string, { word: string } | undefined>(table.version);
    for (const _ of [1, 2, 3]) assert.deepEqual(await memory.find("a", table.read("a")), { word: "one" });
    assert.equal(table.asked(), 1);
    table.write("a", "two");
    for (const _ of [1, 2]) assert.deepEqual(await memory.find("a", table.read("a")), { word: "two" });
    assert.equal(table.asked(), 2);
  });

  it("are not kept from a read that began before a write and ended after it", async () => {
    const table = aTable();
    table.write("a", "before");
    const memory = new RememberedRows<string, { word: string } | undefined>(table.version);
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const slow = memory.find("a", async () => {
      const row = await table.read("a")();
      await held;
      return row;
    });
    await new Promise(setImmediate);
    table.write("a", "after");
    // The memory moves on to the new version while the old read is still under way.
    assert.equal(await memory.find("b", table.read("b")), undefined);
    letGo();
    assert.deepEqual(await slow, { word: "before" });
    assert.deepEqual(await memory.find("a", table.read("a")), { word: "after" });
  });

  it("are not kept from such a read where nobody asked in between, either", async () => {
    const table = aTable();
    table.write("a", "before");
    const memory = new RememberedRows<string, { word: string } | undefined>(table.version);
    const slow = memory.find("a", async () => {
      const row = await table.read("a")();
      table.write("a", "after");
      return row;
    });
    assert.deepEqual(await slow, { word: "before" });
    assert.deepEqual(await memory.find("a", table.read("a")), { word: "after" });
  });

  it("say of what is not there nothing that they would have to take back", async () => {
    const table = aTable();
    const memory = new RememberedRows<string, { word: string } | undefined>(table.version);
    for (const _ of [1, 2]) assert.equal(await memory.find("a", table.read("a")), undefined);
    assert.equal(table.asked(), 2);
  });

  it("keep no failure", async () => {
    const memory = new RememberedRows<string, number>(() => 1);
    await assert.rejects(
      memory.find("a", () => Promise.reject(new Error("away"))),
      /away/,
    );
    assert.equal(await memory.find("a", async () => 7), 7);
  });

  it("give way when their room is full, the least recently asked first", async () => {
    const table = aTable();
    for (const key of ["a", "b", "c"]) table.write(key, key.repeat(80));
    const memory = new RememberedRows<string, { word: string } | undefined>(table.version, 200);
    for (const key of ["a", "b", "a", "c", "a"]) await memory.find(key, table.read(key));
    assert.equal(table.asked(), 3);
    await memory.find("b", table.read("b"));
    assert.equal(table.asked(), 4);
    table.write("d", "d".repeat(300));
    for (const _ of [1, 2]) await memory.find("d", table.read("d"));
    assert.equal(table.asked(), 6);
  });

  it("cannot be written by whoever was given them", async () => {
    const memory = new RememberedRows<string, { list: string[] }>(() => 1);
    const given = await memory.find("a", async () => ({ list: ["one"] }));
    assert.throws(() => given.list.push("two"), TypeError);
    assert.throws(() => Object.assign(given, { list: [] }), TypeError);
    assert.deepEqual(await memory.find("a", async () => ({ list: [] })), { list: ["one"] });
  });
});
