import assert from "node:assert/strict";
import { it } from "node:test";
import { newTokenId } from "./token-id.ts";

it("ids of tokens are 128 random bits, no two alike, whichever supply they come from", () => {
  const all = Array.from({ length: 5_000 }, newTokenId);
  assert.equal(new Set(all).size, 5_000);
  const counts = new Array<number>(128).fill(0);
  for (const id of all) {
    const bytes = Buffer.from(id, "base64url");
    assert.equal(bytes.length, 16);
    for (let bit = 0; bit < 128; bit++) {
      counts[bit] = (counts[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
    }
  }
  // Eight standard deviations of a fair coin: a constant or copied bit lies far outside.
  for (const count of counts) assert.ok(Math.abs(count - 2_500) < 284, `a bit was set ${count} times`);
});
