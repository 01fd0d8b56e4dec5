import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { hmacSha256 } from "./mac.ts";
import { openMessage, sealMessage } from "./sealed-message.ts";

const key = hmacSha256(randomBytes(32));
const about = Buffer.from("an issuer");

describe("a sealed message", () => {
  for (const length of [0, 1, 500, 5_000]) {
    it(`of ${length} octets opens to what it was`, () => {
      const plain = randomBytes(length);
      const opened = openMessage(key, about, sealMessage(key, about, plain));
      assert.deepEqual(opened && Buffer.from(opened), plain);
    });
  }

  it("never comes out the same twice", () => {
    const all = Array.from({ length: 1_000 }, () => sealMessage(key, about, about).toString("hex"));
    assert.equal(new Set(all).size, all.length);
  });

  it("does not open after any change of one bit, cut anywhere, or lengthened", () => {
    const sealed = sealMessage(key, about, Buffer.from("claims"));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(openMessage(key, about, changed), undefined, `bit ${bit}`);
    }
    for (let length = 0; length < sealed.length; length++)
      assert.equal(openMessage(key, about, sealed.subarray(0, length)), undefined, `${length} octets`);
    assert.equal(openMessage(key, about, Buffer.concat([sealed, Buffer.of(0)])), undefined);
  });

  it("does not open by another key or with other bytes beside it", () => {
    const sealed = sealMessage(key, about, Buffer.from("claims"));
    assert.equal(openMessage(hmacSha256(randomBytes(32)), about, sealed), undefined);
    assert.equal(openMessage(key, Buffer.from("another"), sealed), undefined);
  });
});
