import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toolsIn } from "./tool.ts";
import { type ScopeRules, scopesNeeded, scopesOf } from "./tool-scopes.ts";
import { toolTable } from "./tool-table.ts";

const rules = (text = ""): ScopeRules => ({ prefix: "files", ...toolTable(text) });
const tool = (name: string, annotations?: object) => ({
  name,
  inputSchema: {},
  ...(annotations && { annotations }),
});
const tools = toolsIn({
  tools: [
    tool("look", { readOnlyHint: true }),
    tool("add", { readOnlyHint: false, destructiveHint: false, openWorldHint: false }),
    tool("silent"),
    tool("twin", { readOnlyHint: true }),
    tool("twin", { readOnlyHint: false }),
    tool("nearly", { readOnlyHint: "true" }),
    tool("inherited", Object.create({ readOnlyHint: true })),
  ],
});
const call = (name: unknown) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name } });

describe("the scopes of tools", () => {
  for (const { given, name, scope } of [
    { given: "a tool that only reads", name: "look", scope: "files:read" },
    { given: "a tool that adds", name: "add", scope: "files:write" },
    { given: "a tool that says nothing of itself", name: "silent", scope: "files:write" },
    { given: "a name that two tools have, of which one writes", name: "twin", scope: "files:write" },
    { given: "a hint that is not the value true", name: "nearly", scope: "files:write" },
    { given: "a hint that is not its own", name: "inherited", scope: "files:write" },
    { given: "a tool that is not listed", name: "other", scope: "files:write" },
    { given: "a name of every object", name: "constructor", scope: "files:write" },
  ]) {
    it(`are ${scope} for ${given}`, () => {
      assert.deepEqual(scopesNeeded([call(name)], tools, rules()).scopes, [scope]);
    });
  }

  it("of a batch are those of all its messages, each once", () => {
    const batch = [
      call("look"),
      call("add"),
      call("silent"),
      { method: "notifications/cancelled" },
      { id: 1, result: {} },
    ];
    assert.deepEqual(scopesNeeded(batch, tools, rules()), {
      scopes: ["files:read", "files:write"],
      operation: "look add silent notifications/cancelled undefined",
    });
  });

  it("are what the operator says, for any name", () => {
    const own = rules(
      `tools: { add: { scopes: ["files:add", "files:read"] }, look: { scopes: [] }, constructor: { scopes: ["odd"] } }`,
    );
    assert.deepEqual(scopesNeeded([call("add")], tools, own).scopes, ["files:add", "files:read"]);
    assert.deepEqual(scopesNeeded([call("look")], tools, own).scopes, []);
    assert.deepEqual(scopesNeeded([call("constructor")], tools, own).scopes, ["odd"]);
    assert.deepEqual(scopesNeeded([call("toString")], tools, own).scopes, ["files:write"]);
  });

  it("come with sentences and risks for the issuer", () => {
    const own = rules(`
tools:
  add: { scopes: [files:add] }
scopes:
  files:write: { sentence: Change your files, risk: medium }
`);
    assert.deepEqual(scopesOf(tools, own), [
      {
        name: "files:read",
        sentence: "Look at what the server offers and read through it: look",
        risk: "low",
      },
      { name: "files:add", sentence: "Add and change in your name: add", risk: "medium" },
      { name: "files:write", sentence: "Change your files", risk: "medium" },
    ]);
    const [, write] = scopesOf(tools, rules());
    assert.deepEqual(write, {
      name: "files:write",
      sentence:
        "Change and delete in your name, also beyond this server: add, silent, twin, twin, nearly, inherited",
      risk: "high",
    });
  });

  for (const { given, text, says } of [
    { given: "an unknown key", text: "tool: {}", says: /Unrecognized key: "tool"/ },
    {
      given: "a scope with a space",
      text: `tools: { a: { scopes: ["a b"] } }`,
      says: /tools\.a\.scopes\.0: is no name/,
    },
    { given: "an unknown risk", text: "scopes: { a: { risk: huge } }", says: /scopes\.a\.risk/ },
    { given: "a list", text: "- a", says: /the file: / },
  ]) {
    it(`are refused with ${given}`, () => assert.throws(() => toolTable(text), { message: says }));
  }
});
