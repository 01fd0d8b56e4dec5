import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { KeyRing, newRingKey, parseRing, ringKey, ringKeyLine } from "./ring.ts";

const secret = Buffer.alloc(32, 7);
const key = ringKey(secret);
const other = ringKey(Buffer.alloc(32, 8));

describe("key ring", () => {
  it("derives the id from the secret", () => {
    const digest = createHash("sha256").update("valetkey/key-id/v1\0").update(secret).digest("hex");
    assert.equal(key.id, digest.slice(0, 8));
    assert.notEqual(newRingKey().id, newRingKey().id);
  });

  it("derives the same bytes for the same purpose, others for another purpose or key", () => {
    const ring = new KeyRing([key, other]);
    assert.deepEqual(ring.derive(key.id, "a"), ring.derive(key.id, "a"));
    assert.notDeepEqual(ring.derive(key.id, "a"), ring.derive(key.id, "b"));
    assert.notDeepEqual(ring.derive(key.id, "a"), ring.derive(other.id, "a"));
    assert.equal(ring.derive("00000000", "a"), undefined);
    assert.equal(ring.derive(key.id, "a")?.length, 32);
  });

  it("makes what is new with the first key and keeps a check value of each", () => {
    const ring = new KeyRing([key, other]);
    assert.equal(ring.activeId, key.id);
    assert.notEqual(ring.checkValue(key.id), ring.checkValue(other.id));
    assert.equal(ring.checkValue("00000000"), undefined);
  });

  it("is never empty", () => assert.throws(() => new KeyRing([]), /at least one key/));

  it("never shows a secret when it is printed", () => {
    const ring = new KeyRing([key]);
    const shown = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify(ring);
    for (const form of [
      secret.toString("base64url"),
      secret.toString("hex"),
      "<Buffer",
      "7, 7, 7",
      "07 07",
    ]) {
      assert.ok(!shown.includes(form), form);
    }
  });

  for (const { given, text } of [
    { given: "a line with id and secret", text: `${ringKeyLine(key)}\n` },
    { given: "comments and blank lines", text: `# keys\n\n${ringKeyLine(key)} # the first\n` },
    { given: "a secret alone in base64", text: secret.toString("base64") },
    {
      given: "a secret alone in base64url, carriage return at the end",
      text: `${secret.toString("base64url")}\r\n`,
    },
  ]) {
    it(`reads ${given}`, () => assert.deepEqual(parseRing(text, "here").ids, [key.id]));
  }

  it("reads several keys in order, by line or by comma", () => {
    const lines = [ringKeyLine(key), ringKeyLine(other)];
    assert.deepEqual(parseRing(lines.join("\n"), "here").ids, [key.id, other.id]);
    assert.deepEqual(parseRing(lines.toReversed().join(", "), "here").ids, [other.id, key.id]);
  });

  for (const { given, text, says } of [
    { given: "no key", text: "# none\n", says: /There is no key in here/ },
    {
      given: "31 bytes",
      text: secret.subarray(1).toString("base64url"),
      says: /Key 1 in here is not 32 bytes/,
    },
    {
      given: "33 bytes",
      text: Buffer.alloc(33, 1).toString("base64url"),
      says: /Key 1 in here is not 32 bytes/,
    },
    {
      given: "a stray character",
      text: `${secret.toString("base64url")}!`,
      says: /Key 1 in here is not 32 bytes/,
    },
    {
      given: "an id of another secret",
      text: ringKeyLine({ id: other.id, secret }),
      says: /Key 1 in here has an id that does not belong/,
    },
    { given: "one key twice", text: `${ringKeyLine(key)}\n${ringKeyLine(key)}`, says: /one key twice/ },
  ]) {
    it(`refuses ${given} in a sentence without the secret`, () => {
      assert.throws(
        () => parseRing(text, "here"),
        (error: Error) => {
          assert.equal(error.name, "KeyRingError");
          assert.match(error.message, says);
          assert.ok(!error.message.includes(secret.toString("base64url").slice(0, 20)));
          return true;
        },
      );
    });
  }
});
