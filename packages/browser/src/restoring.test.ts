import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { restoring } from "./restoring.ts";

const options = {
  issuer: "https://login.example",
  clientId: "page",
  redirectUri: "/callback",
  scope: "openid",
};
const page = globalThis as Record<string, unknown>;
const names = ["localStorage", "sessionStorage", "location"];
const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));

/** As much of a storage as is used. @param full what it says to whoever wants to keep something */
function aStorage(full?: string) {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => kept.delete(name),
    setItem(name: string, value: string) {
      if (full) throw new DOMException("No more", full);
      kept.set(name, value);
    },
  };
}

function storages(local: unknown, session: unknown): void {
  for (const [name, value] of [
    ["localStorage", local],
    ["sessionStorage", session],
    ["location", { search: "" }],
  ] as const) {
    Object.defineProperty(globalThis, name, { configurable: true, get: () => asked(value) });
  }
}

/** A browser that forbids storage throws as soon as it is named. */
function asked(value: unknown): unknown {
  if (value === "forbidden") throw new DOMException("Forbidden", "SecurityError");
  return value;
}

describe("a silent sign-in", () => {
  beforeEach(() => storages(aStorage(), aStorage()));
  after(() => {
    names.forEach((name, at) => {
      delete page[name];
      const was = before[at];
      if (was) Object.defineProperty(globalThis, name, was);
    });
  });

  it("is due where somebody was signed in, once, until somebody is again", () => {
    const restore = restoring(options);
    assert.ok(!restore.isDue());
    restore.remember();
    assert.ok(restore.isDue());
    assert.ok(restore.wasAsked());
    assert.ok(!restore.isDue());
    restore.stayed();
    restore.remember();
    assert.ok(!restore.wasAsked());
    restore.forget();
    assert.ok(!restore.isDue());
  });

  it("is due again where the page could not leave", () => {
    const restore = restoring(options);
    restore.remember();
    assert.ok(restore.isDue());
    restore.stayed();
    assert.ok(restore.isDue());
    restore.stayed();
  });

  it("is one client's at a time", () => {
    const [one, other] = [restoring(options), restoring({ ...options, clientId: "other" })];
    for (const restore of [one, other]) restore.remember();
    assert.ok(one.isDue());
    assert.ok(!other.isDue());
    one.stayed();
    assert.ok(other.isDue());
    other.stayed();
  });

  for (const { given, more } of [
    { given: "without the scope openid", more: { scope: "notes:read" } },
    { given: "that is not wished", more: { restore: false } },
  ]) {
    it(`is never due ${given}`, () => {
      const restore = restoring({ ...options, ...more });
      restore.remember();
      assert.ok(!restore.isDue());
    });
  }

  for (const { given, local, session } of [
    { given: "is full", local: aStorage("QuotaExceededError"), session: aStorage("QuotaExceededError") },
    { given: "is full for the tab alone", local: aStorage(), session: aStorage("QuotaExceededError") },
    { given: "is forbidden", local: "forbidden", session: "forbidden" },
  ]) {
    it(`is never due where the storage ${given}, and nothing fails for it`, () => {
      storages(local, session);
      const restore = restoring(options);
      restore.remember();
      assert.ok(!restore.isDue());
      assert.ok(!restore.wasAsked());
      restore.forget();
    });
  }
});
