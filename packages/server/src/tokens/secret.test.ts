import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spec } from "../testing/spec.ts";
import { hashSecret, isSecret, newName, newSecret, withChecksum, withoutChecksum } from "./secret.ts";

describe("secrets on the wire", () => {
  for (const prefix of ["vkc", "vks", "vku"] as const) {
    spec("O21-AS-35", `of kind ${prefix} have 256 random bits, no two alike`, () => {
      const all = Array.from({ length: 1_000 }, () => newSecret(prefix));
      assert.equal(new Set(all).size, 1_000);
      for (const secret of all) {
        assert.equal(Buffer.from(withoutChecksum(prefix, secret) ?? "", "base64url").length, 32);
      }
    });
  }

  spec("O21-AS-35", "are drawn from all of their bits: each of them is set about half the time", () => {
    const counts = new Array<number>(256).fill(0);
    for (let turn = 0; turn < 2_000; turn++) {
      const bytes = Buffer.from(withoutChecksum("vkc", newSecret("vkc")) ?? "", "base64url");
      for (let bit = 0; bit < 256; bit++) {
        counts[bit] = (counts[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
      }
    }
    // Eight standard deviations of a fair coin: a constant or copied bit lies far outside.
    for (const count of counts) assert.ok(Math.abs(count - 1_000) < 180, `a bit was set ${count} times`);
  });

  for (const { given, secret } of [
    { given: "another kind", secret: newSecret("vks") },
    { given: "another letter", secret: `${newSecret("vkc").slice(0, 20)}!${newSecret("vkc").slice(21)}` },
    { given: "a letter less", secret: newSecret("vkc").slice(0, -1) },
    { given: "a letter more", secret: `${newSecret("vkc")}a` },
    { given: "nothing", secret: "" },
    { given: "the prefix", secret: "vkc_" },
    { given: "a space before", secret: ` ${newSecret("vkc")}` },
  ]) {
    it(`are known for junk without a read: ${given}`, () => {
      assert.equal(withoutChecksum("vkc", secret), undefined);
    });
  }

  it("give back what was put in", () => {
    assert.equal(withoutChecksum("vkr", withChecksum("vkr", "body")), "body");
  });

  it("match their own hash alone", () => {
    const secret = newSecret("vks");
    assert.equal(isSecret(secret, hashSecret(secret)), true);
    assert.equal(isSecret(newSecret("vks"), hashSecret(secret)), false);
    assert.equal(isSecret("", hashSecret(secret)), false);
  });

  it("leave names, which are none, with 128 bits", () => {
    assert.equal(Buffer.from(newName(), "base64url").length, 16);
  });
});
