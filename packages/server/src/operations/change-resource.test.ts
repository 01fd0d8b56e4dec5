import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Resource } from "../records/resource.ts";
import { type AskedChange, changedResource, changeFaults } from "./change-resource.ts";

const before: Resource = {
  identifier: "https://api.example.com",
  name: "API",
  scopes: [
    { name: "read", sentence: "Read", risk: "low", for: ["people"] },
    { name: "write", sentence: "Write", risk: "medium", for: ["people", "machines"] },
    { name: "import", sentence: "Import", risk: "low", for: ["machines"] },
  ],
  defaultScopes: ["read"],
  accessTokenLifetime: 300,
  signingAlgorithm: "ES256",
  createdAt: 5,
};

const nothing: AskedChange = {
  name: undefined,
  scopes: [],
  risks: [],
  machines: [],
  onlyMachines: [],
  onlyPeople: [],
  removed: [],
  defaultScopes: undefined,
  lifetime: undefined,
};

const change = (asked: Partial<AskedChange>, from = before) =>
  changedResource(from, { ...nothing, ...asked });
const told = ({ scopes }: Resource) =>
  scopes.map((scope) => `${scope.name} "${scope.sentence}" ${scope.risk} ${scope.for.join("+")}`);

describe("a change of a resource", () => {
  it("leaves everything that it does not name as it was", () => {
    assert.deepEqual(changeFaults(before, nothing), []);
    assert.deepEqual(change({}), before);
  });

  it("changes the name and the lifetime, back to the server's too", () => {
    assert.equal(change({ name: " Files " }).name, "Files");
    assert.equal(change({ lifetime: 60 }).accessTokenLifetime, 60);
    assert.equal(change({ lifetime: null }).accessTokenLifetime, null);
  });

  it("changes the format of its tokens, back too, and to no other", () => {
    const opaque = change({ tokenFormat: "opaque" });
    assert.equal(opaque.tokenFormat, "opaque");
    assert.equal(change({}, opaque).tokenFormat, "opaque");
    assert.deepEqual(change({ tokenFormat: "jwt" }, opaque), before);
    assert.deepEqual(
      changeFaults(before, { ...nothing, tokenFormat: "paseto" }).map(({ about, value }) => [about, value]),
      [["token-format", "paseto"]],
    );
  });

  it("adds scopes behind those that stand, gives others a new sentence, and takes some away", () => {
    const asked = {
      scopes: [
        { name: "train", sentence: " Train " },
        { name: "write", sentence: "Change" },
      ],
      risks: [["train", "high"]] as const,
      removed: ["import"],
    };
    assert.deepEqual(changeFaults(before, { ...nothing, ...asked }), []);
    assert.deepEqual(told(change(asked)), [
      'read "Read" low people',
      'write "Change" medium people+machines',
      'train "Train" high people',
    ]);
  });

  it("changes for whom a scope is, and its risk", () => {
    const asked = { machines: ["read"], onlyPeople: ["write"], risks: [["import", "high"]] as const };
    assert.deepEqual(told(change(asked)), [
      'read "Read" low people+machines',
      'write "Write" medium people',
      'import "Import" high machines',
    ]);
    assert.deepEqual(change({ onlyMachines: ["write"] }).scopes[1]?.for, ["machines"]);
  });

  for (const { given, asked, from, is } of [
    { given: "usual ones stay the usual ones", asked: { machines: ["import"] }, is: ["read", "import"] },
    {
      given: "a new scope of low risk joins the usual ones",
      asked: { scopes: [{ name: "x", sentence: "X" }] },
      is: ["read", "x"],
    },
    {
      given: "stated ones stay as they were stated",
      from: { ...before, defaultScopes: ["write", "read"] },
      asked: { scopes: [{ name: "x", sentence: "X" }] },
      is: ["write", "read"],
    },
    {
      given: "stated ones lose what the resource loses",
      from: { ...before, defaultScopes: ["write", "read"] },
      asked: { removed: ["write"] },
      is: ["read"],
    },
    { given: "new ones are stated", asked: { defaultScopes: ["write"] }, is: ["write"] },
  ]) {
    it(`decides the default scopes: ${given}`, () => {
      assert.deepEqual(change(asked, from).defaultScopes, is);
    });
  }

  for (const { given, asked, about } of [
    {
      given: "a risk of a scope that it does not have",
      asked: { risks: [["x", "low"]] as const },
      about: ["risk"],
    },
    { given: "a risk that is none", asked: { risks: [["read", "huge"]] as const }, about: ["risk"] },
    {
      given: "a risk of a scope that goes",
      asked: { risks: [["read", "low"]] as const, removed: ["read"] },
      about: ["risk"],
    },
    {
      given: "machines at no scope of it",
      asked: { machines: ["x"], onlyMachines: ["y"] },
      about: ["machines", "only-machines"],
    },
    { given: "people at no scope of it", asked: { onlyPeople: ["x"] }, about: ["only-people"] },
    {
      given: "people only and machines",
      asked: { onlyPeople: ["read"], machines: ["read"] },
      about: ["only-people"],
    },
    { given: "a scope to remove that is not there", asked: { removed: ["x"] }, about: ["remove-scope"] },
    {
      given: "a scope to remove and to describe",
      asked: { removed: ["read"], scopes: [{ name: "read", sentence: "R" }] },
      about: ["remove-scope"],
    },
    {
      given: "a default that goes",
      asked: { removed: ["read"], defaultScopes: ["read"] },
      about: ["default-scope"],
    },
    {
      given: "a scope described twice",
      asked: {
        scopes: [
          { name: "x", sentence: "1" },
          { name: "x", sentence: "2" },
        ],
      },
      about: ["scope"],
    },
    { given: "a lifetime of a second", asked: { lifetime: 1 }, about: ["lifetime"] },
    { given: "an empty name", asked: { name: " " }, about: ["name"] },
  ]) {
    it(`refuses ${given}`, () => {
      const faults = changeFaults(before, { ...nothing, ...asked });
      assert.deepEqual(
        faults.map((fault) => fault.about),
        about,
      );
    });
  }
});
