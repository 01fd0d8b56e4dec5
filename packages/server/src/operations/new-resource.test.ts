import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { firstAllowances } from "./first-allowances.ts";
import { type AskedResource, identifierFault, newResource, resourceFaults } from "./new-resource.ts";

const asked: AskedResource = {
  identifier: "https://api.example.com",
  name: undefined,
  scopes: [
    { name: "read", sentence: "Read" },
    { name: "write", sentence: "Write" },
    { name: "train", sentence: "Train" },
    { name: "import", sentence: "Import" },
  ],
  risks: [
    ["write", "medium"],
    ["train", "high"],
  ],
  machines: ["train"],
  onlyMachines: ["import"],
  defaultScopes: undefined,
  lifetime: null,
};

describe("a resource of an operator", () => {
  it("has scopes of low risk for people, unless something else is said", () => {
    assert.deepEqual(resourceFaults(asked), []);
    const { name, scopes, defaultScopes } = newResource(asked, 1);
    assert.equal(name, "https://api.example.com");
    assert.deepEqual(
      scopes.map((scope) => [scope.name, scope.risk, scope.for.join(" ")]),
      [
        ["read", "low", "people"],
        ["write", "medium", "people"],
        ["train", "high", "people machines"],
        ["import", "low", "machines"],
      ],
    );
    assert.deepEqual(defaultScopes, ["read"], "low, and for people");
  });

  it("has JWTs unless opaque tokens are asked for", () => {
    assert.equal("tokenFormat" in newResource(asked, 1), false);
    assert.equal("tokenFormat" in newResource({ ...asked, tokenFormat: "jwt" }, 1), false);
    assert.equal(newResource({ ...asked, tokenFormat: "opaque" }, 1).tokenFormat, "opaque");
    assert.deepEqual(
      resourceFaults({ ...asked, tokenFormat: "" }).map(({ about }) => about),
      ["token-format"],
    );
  });

  it("stands without a scope", () => {
    const bare = { ...asked, scopes: [], risks: [], machines: [], onlyMachines: [] };
    assert.deepEqual(resourceFaults(bare), []);
    assert.deepEqual(newResource(bare, 1).defaultScopes, []);
  });

  for (const { identifier, is } of [
    { identifier: "https://api.example.com/", is: /is taken by https:\/\/api\.example\.com$/ },
    { identifier: "urn:api", is: /is taken by urn:api/ },
    { identifier: "https://api.example.com/v1", is: undefined },
    { identifier: "api.example.com", is: /must be the absolute URI/ },
    { identifier: "https://x.example/#a", is: /must be the absolute URI/ },
  ]) {
    it(`${is ? "refuses" : "takes"} the identifier ${identifier}`, () => {
      const fault = identifierFault(identifier, ["https://api.example.com", "urn:api"]);
      if (is) assert.match(fault ?? "", is);
      else assert.equal(fault, undefined);
    });
  }
});

describe("first allowances", () => {
  const { scopes } = newResource(asked, 1);
  for (const { given, role, explicit, byRole, withoutRole } of [
    {
      given: "nothing said",
      role: "everyone",
      explicit: [],
      byRole: { everyone: ["read", "write"] },
      withoutRole: ["train"],
    },
    {
      given: "a scope that only some may have",
      role: "everyone",
      explicit: [
        ["trainer", "train"],
        ["staff", "write"],
        ["boss", "write"],
      ],
      byRole: { everyone: ["read"], trainer: ["train"], staff: ["write"], boss: ["write"] },
      withoutRole: [],
    },
    {
      given: "another role",
      role: "staff",
      explicit: [],
      byRole: { staff: ["read", "write"] },
      withoutRole: ["train"],
    },
  ] as const) {
    it(`with ${given}`, () => {
      const found = firstAllowances({ scopes }, role, explicit);
      assert.deepEqual(Object.fromEntries(found.byRole), byRole);
      assert.deepEqual(found.withoutRole, withoutRole);
    });
  }
});
