import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseJson } from "./json.ts";
import { Refused } from "./refused.ts";

const octets = (text: string) => new TextEncoder().encode(text);
const malformed = (thrown: unknown) => thrown instanceof Refused && thrown.reason === "malformed";

describe("JSON of a stranger", () => {
  it("comes back as it was sent", () => {
    const text = '{"a":[1,{"b":null,"c":"}:{\\""}],"b":true,"c\\\\":":"}';
    assert.deepEqual(parseJson(octets(text)), JSON.parse(text));
  });

  it("may begin with a byte order mark", () =>
    assert.deepEqual(parseJson(octets('\uFEFF{"a":1}')), { a: 1 }));

  it("may use one name in several objects", () => {
    assert.deepEqual(parseJson(octets('{"a":{"a":[{"a":1},{"a":2}]},"b":{"a":1}}')), {
      a: { a: [{ a: 1 }, { a: 2 }] },
      b: { a: 1 },
    });
  });

  it("[MCP-AS-11] carries no __proto__ that a copy could follow", () => {
    for (const name of ["__proto__", "\\u005f_proto__"]) {
      const value = parseJson(octets(`{"a":{"${name}":{"polluted":true}},"${name}":{"polluted":true}}`));
      assert.deepEqual(value, { a: {} });
      const copy = Object.assign({}, value);
      assert.equal(Object.getPrototypeOf(copy), Object.prototype);
      assert.equal("polluted" in copy, false);
    }
  });

  for (const { given, body } of [
    { given: "nothing", body: octets("") },
    { given: "HTML", body: octets("<!doctype html><title>x</title>") },
    { given: "two values", body: octets("{}{}") },
    { given: "a cut-off document", body: octets('{"a":') },
    { given: "a repeated name", body: octets('{"a":1,"b":2,"a":3}') },
    { given: "a repeated name far inside", body: octets('[{"x":[0,{"a":1,"b":{"a":1},"a":2}]}]') },
    { given: "a name repeated under an escape", body: octets('{"client_id":1,"client\\u005fid":2}') },
    { given: "octets that are not UTF-8", body: new Uint8Array([0x22, 0xff, 0x22]) },
    { given: "UTF-16", body: new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]) },
    { given: "arrays nested thirty thousand deep", body: octets("[".repeat(30_000) + "]".repeat(30_000)) },
  ]) {
    it(`[MCP-AS-11] refuses ${given}`, () => assert.throws(() => parseJson(body), malformed));
  }
});
