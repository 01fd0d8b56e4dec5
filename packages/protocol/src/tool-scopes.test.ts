import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toolsIn } from "./mcp-tool.ts";
import { type ScopeRules, scopeHierarchy, scopesNeeded, scopesOf } from "./tool-scopes.ts";

const rules = (about: Partial<ScopeRules> = {}): ScopeRules => ({
  prefix: "files",
  overrides: new Map(),
  described: new Map(),
  ...about,
});
const tool = (name: string, annotations?: object) => ({
  name,
  inputSchema: {},
  ...(annotations && { annotations }),
});
const tools = toolsIn({
  tools: [
    tool("look", { readOnlyHint: true }),
    tool("add", { readOnlyHint: false, destructiveHint: false, openWorldHint: false }),
    tool("wipe", { destructiveHint: true, openWorldHint: false }),
    tool("silent"),
    tool("twin", { readOnlyHint: true }),
    tool("twin", { readOnlyHint: false, destructiveHint: false }),
    tool("nearly", { readOnlyHint: "true", destructiveHint: 0 }),
    tool("inherited", Object.create({ readOnlyHint: true })),
    tool("hides", { readOnlyHint: true, destructiveHint: true }),
    "no tool",
    { description: "without a name" },
  ],
});
const call = (name: unknown) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name } });

describe("the scopes of tools", () => {
  for (const { given, name, scope } of [
    { given: "a tool that only reads", name: "look", scope: "files:read" },
    { given: "a tool that only reads, whatever else it says", name: "hides", scope: "files:read" },
    { given: "a tool that adds", name: "add", scope: "files:write" },
    { given: "a tool that destroys", name: "wipe", scope: "files:destroy" },
    { given: "a tool that says nothing of itself", name: "silent", scope: "files:destroy" },
    { given: "a name that two tools have, of which one writes", name: "twin", scope: "files:write" },
    { given: "hints that are not the values true and false", name: "nearly", scope: "files:destroy" },
    { given: "a hint that is not its own", name: "inherited", scope: "files:destroy" },
    { given: "a tool that is not listed", name: "other", scope: "files:destroy" },
    { given: "a name of every object", name: "constructor", scope: "files:destroy" },
    { given: "no name", name: undefined, scope: "files:destroy" },
  ]) {
    it(`are ${scope} for ${given}`, () => {
      assert.deepEqual(scopesNeeded([call(name)], tools, rules()).scopes, [scope]);
    });
  }

  for (const { given, name, scope } of [
    { given: "a tool that destroys", name: "wipe", scope: "files:tool:wipe" },
    { given: "a tool that says nothing of itself", name: "silent", scope: "files:tool:silent" },
    { given: "a tool that adds", name: "add", scope: "files:write" },
    { given: "a tool that is not listed", name: "other", scope: "files:destroy" },
    { given: "a name that no scope can carry", name: 'a "b"', scope: "files:destroy" },
  ]) {
    it(`are ${scope} for ${given}, where each tool that destroys has its own`, () => {
      const all = [...tools, ...toolsIn({ tools: [tool('a "b"')] })];
      assert.deepEqual(scopesNeeded([call(name)], all, rules({ ownScopes: true })).scopes, [scope]);
    });
  }

  it("change with the annotation: what turns destructive needs what nobody consented to", () => {
    const before = toolsIn({ tools: [tool("save", { destructiveHint: false })] });
    const after = toolsIn({ tools: [tool("save", { destructiveHint: true })] });
    assert.deepEqual(scopesNeeded([call("save")], before, rules()).scopes, ["files:write"]);
    assert.deepEqual(scopesNeeded([call("save")], after, rules()).scopes, ["files:destroy"]);
    assert.ok(!scopesOf(before, rules()).some(({ name }) => name === "files:destroy"));
  });

  it("stand for the harmless ones below them", () => {
    assert.deepEqual(scopeHierarchy({ prefix: "files" }), {
      "files:destroy": ["files:write"],
      "files:write": ["files:read"],
    });
  });

  it("of a batch are those of all its messages, each once", () => {
    const batch = [
      call("look"),
      call("add"),
      call("silent"),
      call("wipe"),
      { method: "notifications/cancelled" },
      { id: 1, result: {} },
    ];
    assert.deepEqual(scopesNeeded(batch, tools, rules()), {
      scopes: ["files:read", "files:write", "files:destroy"],
      operation: "look add silent wipe notifications/cancelled undefined",
    });
  });

  it("are the widest for a method that MCP does not know, and none for those that only read", () => {
    const needed = (method: unknown) => scopesNeeded([{ id: 1, method }], tools, rules()).scopes;
    assert.deepEqual(needed("files/erase"), ["files:destroy"]);
    for (const method of ["initialize", "tools/list", "resources/read", "notifications/x"]) {
      assert.deepEqual(needed(method), []);
    }
  });

  it("are what the author says, for any name", () => {
    const own = rules({
      overrides: new Map([
        ["add", { scopes: ["files:add", "files:read"] }],
        ["look", { scopes: [] }],
        ["constructor", { scopes: ["odd"] }],
      ]),
    });
    assert.deepEqual(scopesNeeded([call("add")], tools, own).scopes, ["files:add", "files:read"]);
    assert.deepEqual(scopesNeeded([call("look")], tools, own).scopes, []);
    assert.deepEqual(scopesNeeded([call("constructor")], tools, own).scopes, ["odd"]);
    assert.deepEqual(scopesNeeded([call("toString")], tools, own).scopes, ["files:destroy"]);
  });

  it("come with sentences and risks for the issuer", () => {
    const own = rules({
      overrides: new Map([["silent", { scopes: ["files:quiet"] }]]),
      described: new Map([["files:quiet", { sentence: "Do something in silence", risk: "medium" }]]),
    });
    assert.deepEqual(scopesOf(tools, own), [
      {
        name: "files:read",
        sentence: "Look at what the server offers and read through it: look, hides",
        risk: "low",
      },
      {
        name: "files:write",
        sentence: "Add and change in your name, also beyond this server: add, twin, twin",
        risk: "medium",
      },
      {
        name: "files:destroy",
        sentence: "Change and delete in your name, also beyond this server: wipe, nearly, inherited",
        risk: "high",
      },
      { name: "files:quiet", sentence: "Do something in silence", risk: "medium" },
    ]);
  });
});
