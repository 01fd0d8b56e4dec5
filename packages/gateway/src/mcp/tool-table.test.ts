import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toolTable } from "./tool-table.ts";

describe("the table of tools", () => {
  it("gives scopes to tools, and sentences and risks to scopes, for any name", () => {
    const { overrides, described } = toolTable(`
tools:
  add: { scopes: ["files:add", "files:read"] }
  constructor: { scopes: [] }
scopes:
  files:add: { sentence: Add files, risk: medium }
`);
    assert.deepEqual([...overrides].sort(), [
      ["add", { scopes: ["files:add", "files:read"] }],
      ["constructor", { scopes: [] }],
    ]);
    assert.deepEqual([...described], [["files:add", { sentence: "Add files", risk: "medium" }]]);
  });

  it("may be empty", () => assert.deepEqual(toolTable("").overrides.size, 0));

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
    it(`is refused with ${given}`, () => assert.throws(() => toolTable(text), { message: says }));
  }
});
