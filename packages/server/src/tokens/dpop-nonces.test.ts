import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { nonceSpan } from "@valetkey/protocol/dpop-nonce";
import { KeyRing, newRingKey } from "../adapters/keys/ring.ts";
import { dpopNonces } from "./dpop-nonces.ts";

const issuer = "https://auth.example.com";
const now = 1_000_000;

/** The keys of one node, as far as nonces need them. */
function aNode(ring: KeyRing) {
  return {
    proofKeyId: ring.activeId,
    mac(keyId: string, purpose: string, message: Uint8Array) {
      const key = ring.derive(keyId, `mac/${purpose}`);
      return key && createHmac("sha256", key).update(message).digest();
    },
  };
}

describe("the server's nonces", () => {
  const [first, second] = [newRingKey(), newRingKey()];
  const one = dpopNonces(aNode(new KeyRing([first, second])), issuer);
  const other = dpopNonces(aNode(new KeyRing([second, first])), issuer);

  it("are the same on nodes with one ring, and count on each whichever key comes first there", () => {
    assert.equal(one.current(now), dpopNonces(aNode(new KeyRing([first])), issuer).current(now));
    assert.notEqual(one.current(now), other.current(now));
    assert.equal(other.judge(one.current(now), now), "current");
    assert.equal(one.judge(other.current(now), now), "current");
  });

  it("change with each span and never send a client back that comes once in ten minutes", () => {
    let nonce = one.current(now);
    for (let at = now + 600; at < now + 86_400; at += 600) {
      assert.equal(one.judge(nonce, at), "acceptable");
      assert.notEqual(one.current(at), nonce);
      nonce = one.current(at);
    }
    assert.equal(one.judge(nonce, now + 86_400 + 3 * nonceSpan), "stale");
  });

  it("count for nothing at a node that lacks the key, nor at another issuer with the same ring", () => {
    assert.equal(dpopNonces(aNode(new KeyRing([second])), issuer).judge(one.current(now), now), "stale");
    assert.equal(
      dpopNonces(aNode(new KeyRing([first])), "https://b.example").judge(one.current(now), now),
      "stale",
    );
  });
});
