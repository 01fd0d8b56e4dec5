import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { covers, formatScope, identityScopes, intersect, parseScope, union, without } from "./scope.ts";

describe("scope", () => {
  for (const { text, scopes } of [
    { text: "", scopes: [] },
    { text: "notes:read", scopes: ["notes:read"] },
    { text: "b a", scopes: ["b", "a"] },
    { text: "a b a", scopes: ["a", "b"] },
    { text: "https://api.example.com/read !#[]~", scopes: ["https://api.example.com/read", "!#[]~"] },
    { text: "Read read", scopes: ["Read", "read"] },
    { text: "__proto__ constructor", scopes: ["__proto__", "constructor"] },
  ]) {
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(scopes)}`, () => {
      assert.deepEqual(parseScope(text), scopes);
    });
  }

  for (const { given, text } of [
    { given: "a leading space", text: " a" },
    { given: "a trailing space", text: "a " },
    { given: "a double space", text: "a  b" },
    { given: "a tab", text: "a\tb" },
    { given: "a line break", text: "a\r\nb" },
    { given: "a trailing line feed", text: "a\n" },
    { given: "a quote", text: 'a"b' },
    { given: "a backslash", text: "a\\b" },
    { given: "a letter beyond ASCII", text: "l\u00E9er" },
    { given: "a null character", text: "a\0" },
  ]) {
    it(`refuses ${given}, and tells the operator in printable characters`, () => {
      assert.throws(
        () => parseScope(text),
        (thrown: { code: string; refusal: string; fact: string }) => {
          assert.equal(thrown.code, "invalid_scope");
          assert.equal(thrown.refusal, "scope.malformed");
          assert.match(thrown.fact, /^[\x20-\x7E]+$/);
          return true;
        },
      );
    });
  }

  it("writes what it reads", () => assert.equal(formatScope(parseScope("b a b")), "b a"));
  it("takes scopes away, in order", () => assert.deepEqual(without(["c", "a", "b"], ["a", "x"]), ["c", "b"]));
  it("keeps what both have, in order", () =>
    assert.deepEqual(intersect(["c", "a"], ["a", "b", "c"]), ["c", "a"]));
  it("joins without repeating", () => assert.deepEqual(union(["b", "a"], ["a", "c"]), ["b", "a", "c"]));

  for (const { granted, needed, enough } of [
    { granted: ["a", "b"], needed: ["b"], enough: true },
    { granted: ["a", "b"], needed: [], enough: true },
    { granted: [], needed: [], enough: true },
    { granted: ["a"], needed: ["a", "b"], enough: false },
    { granted: ["notes:read"], needed: ["notes"], enough: false },
    { granted: ["notes"], needed: ["notes:read"], enough: false },
    { granted: ["A"], needed: ["a"], enough: false },
  ]) {
    it(`[O21-RS-01] says that ${JSON.stringify(granted)} ${enough ? "covers" : "does not cover"} ${JSON.stringify(needed)}`, () => {
      assert.equal(covers(granted, needed), enough);
    });
  }

  it("knows the scopes about the person", () => {
    assert.deepEqual(identityScopes, ["openid", "profile", "email", "offline_access"]);
  });
});
