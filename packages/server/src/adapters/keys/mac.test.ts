import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { hmacSha256 } from "./mac.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("HMAC-SHA256 by one key", () => {
  // RFC 4231 §4.2 to §4.5
  for (const { key, message, mac } of [
    {
      key: "0b".repeat(20),
      message: Buffer.from("Hi There"),
      mac: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    },
    {
      key: hex(Buffer.from("Jefe")),
      message: Buffer.from("what do ya want for nothing?"),
      mac: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    },
    {
      key: "aa".repeat(20),
      message: Buffer.alloc(50, 0xdd),
      mac: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    },
    {
      key: "0102030405060708090a0b0c0d0e0f10111213141516171819",
      message: Buffer.alloc(50, 0xcd),
      mac: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    },
  ]) {
    it(`is what RFC 4231 says of the key ${key.slice(0, 8)}`, () => {
      assert.equal(hex(hmacSha256(Buffer.from(key, "hex"))(message)), mac);
    });
  }

  it("is what OpenSSL says, for messages of all lengths in turn and again", () => {
    const key = randomBytes(32);
    const mac = hmacSha256(key);
    const messages = Array.from({ length: 200 }, (_, length) => randomBytes(length));
    const made = [...messages, ...messages].map((message) => mac(message));
    for (const [index, message] of [...messages, ...messages].entries()) {
      assert.equal(
        hex(made[index] ?? Buffer.alloc(0)),
        createHmac("sha256", key).update(message).digest("hex"),
      );
    }
  });

  it("takes a key of a whole block, and none that is longer", () => {
    const key = randomBytes(64);
    const message = Buffer.from("message");
    assert.equal(hex(hmacSha256(key)(message)), createHmac("sha256", key).update(message).digest("hex"));
    assert.throws(() => hmacSha256(randomBytes(65)), RangeError);
  });
});
