import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toolsIn } from "./mcp-tool.ts";
import { isScopeOfOne, type ScopeRules, scopeHierarchy, scopesNeeded, scopesOf } from "./tool-scopes.ts";

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

const long = "x".repeat(201);

describe("the scopes of tools", () => {
  for (const { given, name, scope, shared } of [
    { given: "a tool that only reads", name: "look", scope: "files:read" },
    { given: "a tool that only reads, whatever else it says", name: "hides", scope: "files:read" },
    { given: "a tool that adds", name: "add", scope: "files:write" },
    { given: "a tool that destroys", name: "wipe", scope: "files:tool:wipe" },
    { given: "a tool that says nothing of itself", name: "silent", scope: "files:tool:silent" },
    { given: "a name that two tools have, of which one writes", name: "twin", scope: "files:write" },
    { given: "hints that are not the values true and false", name: "nearly", scope: "files:tool:nearly" },
    { given: "a hint that is not its own", name: "inherited", scope: "files:tool:inherited" },
    { given: "a tool that is not listed", name: "other", scope: "files:tool:other" },
    { given: "a name of every object", name: "constructor", scope: "files:tool:constructor" },
    { given: "a name with signs that no scope has", name: 'a "ä"=', scope: "files:tool:a%20%22%C3%A4%22%3D" },
    { given: "a name that looks like that one", name: "a%20", scope: "files:tool:a%2520" },
    { given: "a name longer than MCP knows", name: long, scope: "files:destroy" },
    { given: "half a letter", name: "\ud800", scope: "files:destroy" },
    { given: "an empty name", name: "", scope: "files:destroy" },
    { given: "a name that is a list", name: ["look"], scope: "files:destroy" },
    { given: "no name", name: undefined, scope: "files:destroy" },
  ].map((row) => ({ ...row, shared: row.scope.replace(/:tool:.*/, ":destroy") }))) {
    it(`are ${scope.slice(0, 40)} for ${given}`, () => {
      assert.deepEqual(scopesNeeded([call(name)], tools, rules()).scopes, [scope]);
    });

    it(`are ${shared} for ${given}, where those that destroy share one`, () => {
      assert.deepEqual(scopesNeeded([call(name)], tools, rules({ classScopes: true })).scopes, [shared]);
    });
  }

  it("of one tool are no other's: the broad scope does not stand for them, nor they for each other", () => {
    const { scopes } = scopesNeeded([call("wipe"), call("silent")], tools, rules());
    assert.deepEqual(scopes, ["files:tool:wipe", "files:tool:silent"]);
    const stoodFor = Object.values(scopeHierarchy(rules())).flat();
    assert.deepEqual(
      scopes.filter((scope) => stoodFor.includes(scope)),
      [],
    );
    assert.deepEqual(
      [...scopes, "files:read", "files:toolbox"].map((scope) => isScopeOfOne(scope, rules())),
      [true, true, false, false],
    );
  });

  it("stay as they are when the server lists one more: what is new needs what nobody has", () => {
    const more = [...tools, ...toolsIn({ tools: [tool("burn")] })];
    const before = scopesOf(tools, rules()).map(({ name }) => name);
    const after = scopesOf(more, rules()).map(({ name }) => name);
    assert.deepEqual(
      after.filter((name) => !before.includes(name)),
      ["files:tool:burn"],
    );
    for (const { name } of tools) {
      assert.deepEqual(scopesNeeded([call(name)], more, rules()), scopesNeeded([call(name)], tools, rules()));
    }
  });

  it("change with the annotation: what turns destructive needs what nobody consented to", () => {
    const before = toolsIn({ tools: [tool("save", { destructiveHint: false })] });
    const after = toolsIn({ tools: [tool("save", { destructiveHint: true })] });
    assert.deepEqual(scopesNeeded([call("save")], before, rules()).scopes, ["files:write"]);
    assert.deepEqual(scopesNeeded([call("save")], after, rules()).scopes, ["files:tool:save"]);
    assert.ok(!scopesOf(before, rules()).some(({ name }) => name === "files:tool:save"));
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
      scopes: ["files:read", "files:write", "files:tool:silent", "files:tool:wipe"],
      operation: "look add silent wipe notifications/cancelled undefined",
    });
  });

  for (const { given, message } of [
    { given: "a method that MCP does not know", message: { id: 1, method: "files/erase" } },
    { given: "a method that is no word", message: { id: 1, method: ["initialize"] } },
    { given: "a request that is named like a notification", message: { id: 1, method: "notifications/x" } },
    { given: "such a request without a value for its id", message: { id: null, method: "notifications/x" } },
    { given: "a batch within the batch", message: [call("wipe")] },
  ]) {
    it(`are the widest for ${given}`, () => {
      assert.deepEqual(scopesNeeded([message], tools, rules()).scopes, ["files:destroy"]);
    });
  }

  for (const message of [
    ...["initialize", "tools/list", "resources/read"].map((method) => ({ id: 1, method })),
    { method: "notifications/cancelled" },
    { id: 1, result: {} },
  ]) {
    it(`are none for ${JSON.stringify(message)}`, () => {
      assert.deepEqual(scopesNeeded([message], tools, rules()).scopes, []);
    });
  }

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
    assert.deepEqual(scopesNeeded([call("toString")], tools, own).scopes, ["files:tool:toString"]);
  });

  it("come with sentences and risks for the issuer", () => {
    const own = rules({
      overrides: new Map([["silent", { scopes: ["files:quiet"] }]]),
      described: new Map([["files:quiet", { sentence: "Do something in silence", risk: "medium" }]]),
    });
    assert.deepEqual(scopesOf(tools, own), [
      {
        name: "files:read",
        sentence:
          "Look at what the server offers and read through it, and send data beyond this server: look, hides",
        risk: "medium",
      },
      {
        name: "files:write",
        sentence: "Add and change in your name, also beyond this server: add, twin, twin",
        risk: "medium",
      },
      { name: "files:tool:wipe", sentence: "Change and delete in your name: wipe", risk: "high" },
      { name: "files:quiet", sentence: "Do something in silence", risk: "medium" },
      {
        name: "files:tool:nearly",
        sentence: "Change and delete in your name, also beyond this server: nearly",
        risk: "high",
      },
      {
        name: "files:tool:inherited",
        sentence: "Change and delete in your name, also beyond this server: inherited",
        risk: "high",
      },
    ]);
  });

  it("that all who destroy share say that what comes later is among it", () => {
    const shared = scopesOf(tools, rules({ classScopes: true })).at(-1);
    assert.deepEqual(shared, {
      name: "files:destroy",
      sentence:
        "Change and delete in your name, also beyond this server, now and with what it adds later: wipe, silent, nearly, inherited",
      risk: "high",
    });
  });

  it("have the broad one among them only where the author names it", () => {
    const broad = (own: ScopeRules) => scopesOf(tools, own).find(({ name }) => name === "files:destroy");
    assert.equal(broad(rules()), undefined);
    assert.deepEqual(broad(rules({ described: new Map([["files:destroy", {}]]) })), {
      name: "files:destroy",
      sentence: "Do anything that the server can do, also what it does not list",
      risk: "high",
    });
  });

  for (const { given, annotations, sentence, risk } of [
    {
      given: "reads within the server",
      annotations: { readOnlyHint: true, openWorldHint: false },
      sentence: "Look at what the server offers and read through it: one",
      risk: "low",
    },
    {
      given: "reads, and speaks with the open world",
      annotations: { readOnlyHint: true, openWorldHint: true },
      sentence: "Look at what the server offers and read through it, and send data beyond this server: one",
      risk: "medium",
    },
    {
      given: "reads, and does not say with whom it speaks",
      annotations: { readOnlyHint: true },
      sentence: "Look at what the server offers and read through it, and send data beyond this server: one",
      risk: "medium",
    },
  ]) {
    it(`say of a tool that ${given} what it may do with data`, () => {
      const [scope] = scopesOf(toolsIn({ tools: [tool("one", annotations)] }), rules());
      assert.deepEqual(scope, { name: "files:read", sentence, risk });
    });
  }

  it("have sentences that an issuer takes, however long the names are and however many", () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      tool(`${"n".repeat(39)}${at}`, { destructiveHint: false }),
    );
    for (const { sentence } of scopesOf(toolsIn({ tools: many }), rules())) {
      assert.ok(sentence.length <= 200, `${sentence.length}: ${sentence}`);
    }
    assert.match(
      String(scopesOf(toolsIn({ tools: many }), rules())[1]?.sentence),
      /: n+0, n+1, n+2 and 27 more$/,
    );
  });
});
