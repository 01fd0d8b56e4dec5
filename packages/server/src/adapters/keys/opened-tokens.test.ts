import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { OpenedTokens } from "./opened-tokens.ts";

const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const token = (exp: unknown = 1_000_000) => ({ type: "at+jwt", claims: { exp }, kid: "k", publicKey });

describe("opened tokens", () => {
  it("live until the second of their exp", () => {
    const tokens = new OpenedTokens();
    tokens.keep("a", token(600), 100, 0);
    assert.ok(tokens.get("a", 599));
    assert.equal(tokens.get("a", 600), undefined);
    assert.equal(tokens.count, 0);
  });

  for (const exp of [undefined, "9999999999", null, 10, 5]) {
    it(`are not kept at 10 with exp ${JSON.stringify(exp)}`, () => {
      const tokens = new OpenedTokens();
      tokens.keep("a", { ...token(), claims: { exp } }, 100, 10);
      assert.equal(tokens.count, 0);
    });
  }

  it("stay within their number; what is in use stays", () => {
    const tokens = new OpenedTokens({ count: 10, characters: 1e9, stay: 1e9 });
    tokens.keep("used", token(), 1, 0);
    for (let n = 0; n < 10_000; n++) {
      tokens.keep(`flood ${n}`, token(), 1, 0);
      assert.ok(tokens.count <= 10, `${tokens.count} are kept`);
      assert.ok(tokens.get("used", 0), `lost after ${n}`);
    }
  });

  it("stay within their characters", () => {
    const tokens = new OpenedTokens({ count: 1e9, characters: 1000, stay: 1e9 });
    for (let n = 0; n < 1000; n++) {
      tokens.keep(`token ${n}`, token(), 100, 0);
      assert.ok(tokens.count <= 10, `${tokens.count} are kept`);
    }
    assert.ok(tokens.count >= 5);
  });

  it("count each one once, however often it is kept", () => {
    const tokens = new OpenedTokens({ count: 1e9, characters: 1000, stay: 1e9 });
    tokens.keep("other", token(), 100, 0);
    for (let n = 0; n < 100; n++) tokens.keep("same", token(), 100, 0);
    assert.equal(tokens.count, 2);
    assert.ok(tokens.get("other", 0));
  });

  it("go when nobody asked for them for a while, and when the clock was set back", () => {
    for (const later of [620, -1]) {
      const tokens = new OpenedTokens({ count: 100, characters: 1e9, stay: 300 });
      tokens.keep("idle", token(), 1, 0);
      tokens.keep("first", token(), 1, later);
      tokens.keep("second", token(), 1, 2 * later);
      assert.equal(tokens.get("idle", 0), undefined);
      assert.ok(tokens.get("second", 0));
    }
  });

  it("are gone once forgotten, from either half", () => {
    const tokens = new OpenedTokens({ count: 4, characters: 1e9, stay: 1e9 });
    for (const name of ["a", "b", "c"]) tokens.keep(name, token(), 1, 0);
    for (const name of ["a", "c"]) {
      tokens.forget(name);
      assert.equal(tokens.get(name, 0), undefined);
    }
    assert.equal(tokens.count, 1);
  });
});
