import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seal, unseal } from "./sealing.ts";

const key = Buffer.alloc(32, 1);
const plain = Buffer.from("a private key");

describe("sealing", () => {
  it("opens what it sealed, under the same key and name", () => {
    assert.deepEqual(unseal(key, "one", seal(key, "one", plain)), plain);
  });

  it("never seals alike twice and never shows what is inside", () => {
    const first = seal(key, "one", plain);
    assert.notEqual(first, seal(key, "one", plain));
    assert.ok(!Buffer.from(first, "base64url").includes(plain));
  });

  it("does not open under another key or another name", () => {
    const sealed = seal(key, "one", plain);
    assert.equal(unseal(Buffer.alloc(32, 2), "one", sealed), undefined);
    assert.equal(unseal(key, "two", sealed), undefined);
  });

  it("does not open with any one byte changed", () => {
    const sealed = Buffer.from(seal(key, "one", plain), "base64url");
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] as number) ^ 1;
      assert.equal(unseal(key, "one", changed.toString("base64url")), undefined, `byte ${at}`);
    }
  });

  it("does not open what was cut short or was never sealed", () => {
    const sealed = Buffer.from(seal(key, "one", plain), "base64url");
    for (let length = 0; length < sealed.length; length++) {
      assert.equal(unseal(key, "one", sealed.subarray(0, length).toString("base64url")), undefined);
    }
  });
});
