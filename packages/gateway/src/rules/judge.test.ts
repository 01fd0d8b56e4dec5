import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OAuthError } from "@valetkey/protocol/errors";
import { readJsonBody } from "./json-body.ts";
import { candidatesFor, judge } from "./judge.ts";
import { loadRules } from "./load.ts";
import type { Rules } from "./rules.ts";

const file = `
rules:
  - { methods: [GET], path: /**, scopes: [read] }
  - { methods: [POST], path: /v1/**, scopes: [inference:read] }
  - { methods: [POST, DELETE], path: /v1/fine_tuning/**, scopes: [training:write] }
  - { methods: [POST], path: /v1/chat/*, models: ["big-*", huge], scopes: [premium] }
  - { methods: [POST], path: /v1/chat/*, fields: { /options/depth: [2, 3], stream: true }, scopes: [deep] }
  - { methods: [WEBSOCKET], path: /v1/realtime, scopes: [live] }
  - { methods: [PUT], path: /a/**/z, scopes: [ends] }
  - { methods: [PUT], path: /b/**/b, scopes: [twice] }
  - { methods: [PATCH], path: /c/*/**, scopes: [below] }
`;

function rulesOf(text: string): Rules {
  const loaded = loadRules(text);
  assert.ok("rules" in loaded, JSON.stringify(loaded));
  return loaded.rules;
}

const { rules } = rulesOf(file);

function needed(method: string, path: string, body = "", isWebSocket = false): readonly string[] | string {
  const segments = path.split("/").slice(1);
  const candidates = candidatesFor(rules, method, segments, isWebSocket);
  try {
    return judge(candidates, readJsonBody(Buffer.from(body))).scopes;
  } catch (error) {
    assert.ok(error instanceof OAuthError);
    return error.refusal;
  }
}

describe("rules", () => {
  for (const { method = "POST", path, body, scopes } of [
    { method: "GET", path: "/anything/at/all", scopes: ["read"] },
    { method: "HEAD", path: "/anything", scopes: ["read"] },
    { method: "DELETE", path: "/anything", scopes: "upstream.no-rule" },
    { method: "PUT", path: "/v1/chat/x", scopes: "upstream.no-rule" },
    { path: "/v1", scopes: ["inference:read"] },
    { path: "/v2/x", scopes: "upstream.no-rule" },
    { path: "/v1/fine_tuning", scopes: ["inference:read", "training:write"] },
    { method: "DELETE", path: "/v1/fine_tuning/jobs/1", scopes: ["training:write"] },
    { path: "/v1/chat/x", scopes: ["inference:read"] },
    { path: "/v1/chat/x", body: '{"model":"small"}', scopes: ["inference:read"] },
    { path: "/v1/chat/x", body: '{"model":"big-1"}', scopes: ["inference:read", "premium"] },
    { path: "/v1/chat/x", body: '{"model":"BIG-1"}', scopes: ["inference:read", "premium"] },
    { path: "/v1/chat/x", body: '{"model":"b\\u0069g-1"}', scopes: ["inference:read", "premium"] },
    { path: "/v1/chat/x", body: '{"model":"huger"}', scopes: ["inference:read"] },
    { path: "/v1/chat/x", body: '{"model":null}', scopes: ["inference:read"] },
    {
      path: "/v1/chat/x",
      body: '{"stream":true,"options":{"depth":3.0}}',
      scopes: ["inference:read", "deep"],
    },
    { path: "/v1/chat/x", body: '{"stream":true,"options":{"depth":4}}', scopes: ["inference:read"] },
    { path: "/v1/chat/x", body: '{"stream":false,"options":{"depth":3}}', scopes: ["inference:read"] },
    { path: "/v1/chat/x", body: '{"tools":[{"a":1,"A":2}]}', scopes: ["inference:read"] },
    { method: "PUT", path: "/a/z", scopes: ["ends"] },
    { method: "PUT", path: "/a/b/c/z", scopes: ["ends"] },
    { method: "PUT", path: "/a", scopes: "upstream.no-rule" },
    { method: "PUT", path: "/a/b", scopes: "upstream.no-rule" },
    { method: "PUT", path: "/b/b", scopes: ["twice"] },
    { method: "PUT", path: "/b", scopes: "upstream.no-rule" },
    { method: "PATCH", path: "/c/d", scopes: ["below"] },
    { method: "PATCH", path: "/c", scopes: "upstream.no-rule" },
  ]) {
    it(`${method} ${path} ${body ?? ""} needs ${String(scopes)}`, () => {
      assert.deepEqual(needed(method, path, body), scopes);
    });
  }

  for (const body of [
    '{"model":"small","model":"big-1"}',
    '{"model":"small","mode\\u006c":"big-1"}',
    '{"x":[{"a":1,"a":2}]}',
    '{"Model":"big-1"}',
    '{"model":"small","MODEL":"big-1"}',
    '{"model ":"big-1"}',
    '{"model\\u0000x":"big-1"}',
    '{"ｍodel":"big-1"}',
    '{"model":["big-1"]}',
    '{"model":{"x":1}}',
    '{"model":1}',
    '{"model":""}'.replace('""', '" big-1"'),
    '{"model":"big-1\\u0000"}',
    '{"model":"ｂig-1"}',
    '{"model":"big-1\\ud800"}',
    '{"stream":"true"}',
    '{"stream":1}',
    '{"Stream":true}',
    '{"options":[{"depth":3}]}',
    '{"options":{"Depth":3}}',
    '{"options":{"depth":"3"}}',
    '{"options":{"depth":1e400}}',
    '{"options":{"depth":9007199254740993}}',
    "[]",
    '"x"',
    "null",
    " ",
    "{",
    '{"model":"small"}{"model":"big-1"}',
    '\ufeff{"model":"small"}',
    "model=big-1",
    `{"a":${"[".repeat(300)}${"]".repeat(300)}}`,
  ]) {
    it(`refuses ${JSON.stringify(body.slice(0, 60))} where a rule reads the body`, () => {
      assert.equal(needed("POST", "/v1/chat/x", body), "upstream.body");
    });
  }

  it("refuses broken UTF-8 and other charsets", () => {
    for (const octets of [[0x7b, 0xff, 0x7d], [...Buffer.from("{}", "utf16le")], [0xfe, 0xff]]) {
      assert.throws(() => readJsonBody(Uint8Array.from(octets)), OAuthError);
    }
  });

  it("opens a WebSocket by its own word only, and asks for what the GET needs too", () => {
    assert.deepEqual(needed("GET", "/v1/realtime", "", true), ["read", "live"]);
    assert.equal(needed("GET", "/v1/other", "", true), "upstream.no-rule");
    assert.deepEqual(needed("GET", "/v1/realtime"), ["read"]);
  });

  it("refuses a request whose rules name two credentials", () => {
    const text = `
credentials: { a: { env: A }, b: { env: B } }
rules:
  - { methods: [GET], path: /x, scopes: [s], credential: a }
  - { methods: [GET], path: /*, scopes: [s], credential: b }
`;
    const loaded = loadRules(text, { env: { A: "1", B: "2" }, readFile: () => "" });
    assert.ok("rules" in loaded);
    const of = (path: string) => judge(candidatesFor(loaded.rules.rules, "GET", [path]), undefined);
    assert.equal(of("y").credential, "b");
    assert.throws(() => of("x"), { refusal: "upstream.credential" });
  });
});
