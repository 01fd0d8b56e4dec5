import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { forbiddenAddress, isLoopback } from "./addresses.ts";

/** First and last address of each forbidden range, and its neighbours outside where those are public. */
const edges: readonly { range: string; inside: readonly string[]; outside: readonly string[] }[] = [
  { range: "0.0.0.0/8", inside: ["0.0.0.0", "0.255.255.255"], outside: ["1.0.0.0"] },
  { range: "10.0.0.0/8", inside: ["10.0.0.0", "10.255.255.255"], outside: ["9.255.255.255", "11.0.0.0"] },
  {
    range: "100.64.0.0/10",
    inside: ["100.64.0.0", "100.127.255.255"],
    outside: ["100.63.255.255", "100.128.0.0"],
  },
  {
    range: "127.0.0.0/8",
    inside: ["127.0.0.0", "127.255.255.255"],
    outside: ["126.255.255.255", "128.0.0.0"],
  },
  {
    range: "169.254.0.0/16",
    inside: ["169.254.0.0", "169.254.255.255"],
    outside: ["169.253.255.255", "169.255.0.0"],
  },
  {
    range: "172.16.0.0/12",
    inside: ["172.16.0.0", "172.31.255.255"],
    outside: ["172.15.255.255", "172.32.0.0"],
  },
  { range: "192.0.0.0/24", inside: ["192.0.0.0", "192.0.0.255"], outside: ["191.255.255.255", "192.0.1.0"] },
  { range: "192.0.2.0/24", inside: ["192.0.2.0", "192.0.2.255"], outside: ["192.0.1.255", "192.0.3.0"] },
  { range: "192.31.196.0/24", inside: ["192.31.196.0", "192.31.196.255"], outside: ["192.31.195.255"] },
  { range: "192.52.193.0/24", inside: ["192.52.193.0", "192.52.193.255"], outside: ["192.52.194.0"] },
  {
    range: "192.88.99.0/24",
    inside: ["192.88.99.0", "192.88.99.255"],
    outside: ["192.88.98.255", "192.88.100.0"],
  },
  {
    range: "192.168.0.0/16",
    inside: ["192.168.0.0", "192.168.255.255"],
    outside: ["192.167.255.255", "192.169.0.0"],
  },
  { range: "192.175.48.0/24", inside: ["192.175.48.0", "192.175.48.255"], outside: ["192.175.49.0"] },
  {
    range: "198.18.0.0/15",
    inside: ["198.18.0.0", "198.19.255.255"],
    outside: ["198.17.255.255", "198.20.0.0"],
  },
  {
    range: "198.51.100.0/24",
    inside: ["198.51.100.0", "198.51.100.255"],
    outside: ["198.51.99.255", "198.51.101.0"],
  },
  {
    range: "203.0.113.0/24",
    inside: ["203.0.113.0", "203.0.113.255"],
    outside: ["203.0.112.255", "203.0.114.0"],
  },
  { range: "224.0.0.0/4", inside: ["224.0.0.0", "239.255.255.255"], outside: ["223.255.255.255"] },
  { range: "240.0.0.0/4", inside: ["240.0.0.0", "255.255.255.254", "255.255.255.255"], outside: [] },
  {
    range: "::/96 (unspecified, loopback, IPv4-compatible)",
    inside: ["::", "::1", "::8.8.8.8"],
    outside: [],
  },
  {
    range: "::ffff:0:0/96 by its IPv4",
    inside: ["::ffff:127.0.0.1", "::ffff:a00:1"],
    outside: ["::ffff:8.8.8.8"],
  },
  { range: "::ffff:0:0:0/96", inside: ["::ffff:0:8.8.8.8", "::ffff:0:127.0.0.1"], outside: [] },
  {
    range: "64:ff9b::/96 by its IPv4",
    inside: ["64:ff9b::10.0.0.1", "64:ff9b::7f00:1"],
    outside: ["64:ff9b::808:808"],
  },
  { range: "64:ff9b:1::/48", inside: ["64:ff9b:1::", "64:ff9b:1:ffff::8.8.8.8"], outside: [] },
  { range: "64:ff9b::/96 only with zeros between", inside: ["64:ff9b:0:0:0:1:808:808"], outside: [] },
  { range: "100::/64", inside: ["100::", "100::ffff:ffff:ffff:ffff"], outside: [] },
  { range: "below 2000::/3", inside: ["1fff:ffff::1"], outside: ["2000::"] },
  { range: "2001::/23", inside: ["2001::", "2001:1ff:ffff::", "2001:20::1"], outside: ["2001:200::"] },
  {
    range: "2001:db8::/32",
    inside: ["2001:db8::", "2001:db8:ffff::1"],
    outside: ["2001:db7::", "2001:db9::"],
  },
  {
    range: "2002::/16 by its IPv4",
    inside: ["2002:7f00:1::", "2002:c0a8:101::1"],
    outside: ["2002:808:808::1"],
  },
  { range: "2620:4f:8000::/48", inside: ["2620:4f:8000::1"], outside: ["2620:4f:8001::1"] },
  { range: "3fff::/20", inside: ["3fff::", "3fff:fff:ffff::"], outside: ["3ffe:ffff::", "3fff:1000::"] },
  { range: "above 2000::/3", inside: ["4000::", "5f00::1"], outside: [] },
  { range: "fc00::/7", inside: ["fc00::1", "fdff:ffff::1"], outside: [] },
  { range: "fe80::/10", inside: ["fe80::1", "febf::1", "fe80::1%eth0"], outside: [] },
  { range: "fec0::/10", inside: ["fec0::1", "feff::1"], outside: [] },
  { range: "ff00::/8", inside: ["ff00::", "ff02::1", "ffff::"], outside: [] },
];

describe("addresses that no stranger may lead us to", () => {
  for (const { range, inside, outside } of edges) {
    it(`[CIMD-03 MCP-C-17] ${range} is forbidden to its last address and no further`, () => {
      for (const ip of inside) assert.equal(forbiddenAddress(ip), true, ip);
      for (const ip of outside) assert.equal(forbiddenAddress(ip), false, ip);
    });
  }

  it("[CIMD-03] public addresses of both families are allowed", () => {
    for (const ip of ["8.8.8.8", "160.79.104.10", "2606:4700::6810:84e5", "2a00:1450:4001:80b::200e"]) {
      assert.equal(forbiddenAddress(ip), false, ip);
    }
  });

  it("[CIMD-03] what is not one plain IP address is forbidden", () => {
    for (const text of [
      "",
      "localhost",
      "127.1",
      "0x7f000001",
      "1.2.3",
      "[2606:4700::1]",
      "2606:4700::1%lo",
      " 8.8.8.8",
    ]) {
      assert.equal(forbiddenAddress(text), true, text);
    }
  });

  it("loopback is 127.0.0.0/8 and ::1 and nothing that merely contains them", () => {
    for (const ip of ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1"])
      assert.equal(isLoopback(ip), true, ip);
    for (const ip of [
      "126.0.0.1",
      "0.0.0.0",
      "::",
      "::2",
      "::ffff:127.0.0.1",
      "1::1",
      "::1%lo",
      "localhost",
      "",
    ]) {
      assert.equal(isLoopback(ip), false, ip);
    }
  });
});
