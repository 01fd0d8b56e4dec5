import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultLine } from "../rules/fault.ts";
import { loadTools } from "./tool-table.ts";

describe("the table of tools", () => {
  it("gives scopes to tools, and sentences and risks to scopes, for any name", () => {
    const loaded = loadTools(`
tools:
  add: { scopes: ["files:add", "files:read"] }
  constructor: { scopes: [] }
scopes:
  files:add: { sentence: Add files, risk: medium }
`);
    assert.ok("table" in loaded);
    const { overrides, described } = loaded.table;
    assert.deepEqual([...overrides].sort(), [
      ["add", { scopes: ["files:add", "files:read"] }],
      ["constructor", { scopes: [] }],
    ]);
    assert.deepEqual([...described], [["files:add", { sentence: "Add files", risk: "medium" }]]);
  });

  it("may be empty", () => {
    const loaded = loadTools("");
    assert.ok("table" in loaded);
    assert.equal(loaded.table.overrides.size, 0);
  });

  for (const { given, text, says } of [
    { given: "an unknown key", text: "\ntool: {}", says: ["line 2: tool is no setting."] },
    {
      given: "a scope with a space",
      text: `tools:\n  a:\n    scopes:\n      - "a b"\n`,
      says: [
        "line 4: tools.a.scopes item 1 must be a scope: visible ASCII without quotes and backslashes (RFC 6749 §3.3).",
      ],
    },
    {
      given: "an unknown risk",
      text: "scopes: { a: { risk: huge } }",
      says: ["line 1: scopes.a.risk must be low, medium or high."],
    },
    { given: "a list", text: "- a", says: ["line 1: the file must be a group of settings."] },
    {
      given: "a tool without scopes",
      text: "tools: { a: {}, b: 1 }",
      says: ["line 1: tools.a.scopes is missing.", "line 1: tools.b must be a group of settings."],
    },
    {
      given: "a name that would be lost without a word",
      text: "tools:\n  a: { scopes: [] }\n  __proto__: { scopes: [admin] }\n",
      says: ["line 3: __proto__ is a name that cannot be used."],
    },
    {
      given: "a bracket without an end, told once",
      text: "tools: { a: {\n",
      says: ["line 2: the file has a { or [ before this place that is not closed."],
    },
  ]) {
    it(`is refused with ${given}`, () => {
      const loaded = loadTools(text);
      assert.deepEqual("faults" in loaded ? loaded.faults.map(faultLine) : [], says);
    });
  }
});
