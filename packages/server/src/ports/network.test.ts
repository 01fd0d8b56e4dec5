import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { networkOf } from "./network.ts";

describe("the network that an address stands for", () => {
  for (const [address, network] of [
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:1::5:6:7:8", "2001:db8:1:0::/64"],
    ["1::3:4:5:6:7:8", "1:0:3:4::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:203.0.113.9", "::ffff:203.0.113.9"],
    ["203.0.113.9", "203.0.113.9"],
    ["ada@example.com 2001:db8::1", "ada@example.com 2001:db8::1"],
    ["", ""],
  ] as const) {
    it(`of ${address || "nothing"} is ${network || "nothing"}`, () =>
      assert.equal(networkOf(address), network));
  }
});
