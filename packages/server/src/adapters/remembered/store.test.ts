import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { aResource } from "../../testing/a-server.ts";
import { sqliteStore } from "../sqlite/store.ts";
import { remembered } from "./remembered.ts";
import { rememberingStore } from "./store.ts";

describe("a store that remembers resources and roles", () => {
  it("shows at once what it changed itself", async (t) => {
    const store = rememberingStore(await sqliteStore(":memory:"), 60_000);
    t.after(() => store.close());
    const resource = aResource({ identifier: "https://api.example.com" });
    assert.deepEqual(await store.resources.list(), []);
    assert.equal(await store.resources.add(resource), true);
    assert.deepEqual(await store.resources.find(resource.identifier), resource);
    await store.resources.replace({ ...resource, name: "Other" });
    assert.equal((await store.resources.list())[0]?.name, "Other");
    await store.resources.remove(resource.identifier);
    assert.equal(await store.resources.find(resource.identifier), undefined);
    assert.deepEqual(await store.roles.list(), []);
    await store.roles.put({ name: "reader", description: "", allows: [] });
    assert.equal((await store.roles.list()).length, 1);
    await store.roles.remove("reader");
    assert.deepEqual(await store.roles.list(), []);
  });

  it("sees what another process changed when its moment is over, and not before", async (t) => {
    const store = await sqliteStore(":memory:");
    t.after(() => store.close());
    const remembering = rememberingStore(store, 50);
    assert.deepEqual(await remembering.resources.list(), []);
    await store.resources.add(aResource({ identifier: "https://api.example.com" }));
    await pause(80);
    assert.equal((await remembering.resources.list()).length, 1);
  });

  it("asks once for many callers, and anew after a failure", async () => {
    let asked = 0;
    const one = remembered(async () => {
      asked += 1;
      if (asked === 1) throw new Error("away");
      return asked;
    }, 60_000);
    const first = await Promise.allSettled([one.read(), one.read(), one.read()]);
    assert.deepEqual([asked, first.every(({ status }) => status === "rejected")], [1, true]);
    assert.deepEqual(await Promise.all([one.read(), one.read()]), [2, 2]);
  });
});
